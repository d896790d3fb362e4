package org.edgeplex.telemetry.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.edgeplex.telemetry.CountersFile;
import org.edgeplex.telemetry.DataplaneReport;
import org.edgeplex.telemetry.SampleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataplaneJsonTest {
    @TempDir private Path directory = Path.of("replaced");

    private Path sample(int attachment) {
        SampleFile file = SampleFile.create(directory, attachment, "red/pe1/a");
        file.count(10);
        return CountersFile.of(directory, "pvm-" + attachment);
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        DataplaneReport running = DataplaneReport.of(sample(7));
        SampleFile.create(directory, 8, "red/pe1/b").end();
        DataplaneReport ended = DataplaneReport.of(CountersFile.of(directory, "pvm-8"));
        Path bad = Files.writeString(CountersFile.of(directory, "pvm-9"), "bad");
        DataplaneReport silent = DataplaneReport.of(bad);
        assertInstanceOf(DataplaneReport.Silent.class, silent);
        assertEquals(9, silent.attachment());
        List<DataplaneReport> written = List.of(running, ended, silent);
        String text = DataplaneJson.of(written).toString();
        assertEquals(written, read(text));
    }

    /// What a number is missing of is never taken for 0.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"packets\":10| \"pack\":10| no \"packets\" of a data plane",
                "\"packets\":10| \"packets\":\"10\"| \"packets\" is no number: \"10\"",
                "\"rx_missed\":0| \"rx_missed\":1.5| \"counter\" is no number: 1.5",
                "\"no_route\":2| \"no_route\":null| \"counter\" is no number: null",
                "\"attachment\":7| \"attachment\":99999999999| \"attachment\" is no number",
                "\"started\":\"2| \"started\":\"x2| \"started\" is no time",
                "\"ports\":| \"port\":| no \"ports\" of a data plane",
                "\"live\":true| \"live\":\"true\"| \"live\" is neither true nor false: \"true\"",
                "\"name\":| \"name\":5,\"n\":| \"name\" is no text: 5",
                "\"traffic\":| \"traffic\":5,\"t\":| no object: 5",
                "\"drops\":| \"drops\":[1,2],\"d\":| no object: [1,2]",
                "\"popped\":| \"popped\":7,\"p\":| no array: 7",
                "\"live\":true| \"live\":false| no \"reason\" of a data plane",
            })
    void whatIsNotAsItShouldBeIsSaid(String part, String instead, String error) {
        String text = DataplaneJson.of(List.of(DataplaneReport.of(sample(7)))).toString();
        assertTrue(text.contains(part), text);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> read(text.replace(part, instead)));
        assertTrue(Objects.requireNonNull(e.getMessage()).startsWith(error), e::getMessage);
    }

    /// A later release may say more.
    @Test
    void whatIsNotKnownIsPassedOver() throws IOException {
        DataplaneReport report = DataplaneReport.of(sample(7));
        String text = DataplaneJson.of(List.of(report)).toString();
        assertEquals(List.of(report), read(text.replace("\"pid\":", "\"cpu\":3,\"pid\":")));
    }

    private static List<DataplaneReport> read(String text) throws JsonProcessingException {
        return DataplaneJsonReader.read(new ObjectMapper().readTree(text));
    }
}
