package org.edgeplex.controller.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.telemetry.CountersFile;
import org.edgeplex.telemetry.CountersReader;
import org.edgeplex.telemetry.DataplaneView;
import org.edgeplex.telemetry.SampleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ShowDataplaneCommandTest {
    @TempDir private Path directory = Path.of("replaced");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int show(String... arguments) {
        return run(List.of("--dir", directory.toString()), arguments);
    }

    private int run(List<String> source, String... arguments) {
        List<String> all = new ArrayList<>(List.of("dataplane"));
        all.addAll(source);
        all.addAll(List.of(arguments));
        return new CommandLine(new ShowCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private Path counters() throws IOException {
        return Files.createDirectories(directory.resolve("counters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void watchingTakesTime(String seconds) throws IOException {
        SampleFile.create(counters(), 7, "red/pe1/a").count(10);
        assertEquals(2, show("--watch=" + seconds));
        assertTrue(err.toString().contains("--watch is at least 1 second, not " + seconds));
        assertEquals("", out.toString());
    }

    @Test
    void showsWhatHasCounted() throws IOException {
        SampleFile.create(counters(), 7, "red/pe1/a").count(10);
        assertEquals(0, show(), err::toString);
        List<String> lines = out.toString().lines().map(String::stripTrailing).toList();
        assertTrue(lines.getFirst().startsWith("attachment 7  red/pe1/a  running, started "));
        assertEquals(
                List.of(
                        "",
                        "                 packets  bytes",
                        "  from customer       10   1000",
                        "  to core             10   1040",
                        "",
                        "  port   rx packets  rx missed",
                        "  trunk          13          0",
                        "  tap             0          0",
                        "",
                        "  label         packets  bytes",
                        "  in  1001            5    500",
                        "  out 300/2002        9    936",
                        "  out 300/2002        1    104",
                        "",
                        "  drops     count",
                        "  no route      2",
                        "",
                        "  events            count",
                        "  arp replies sent      1",
                        ""),
                lines.subList(1, lines.size()));
    }

    @Test
    void jsonHasAllOfIt() throws IOException {
        SampleFile.create(counters(), 7, "red/pe1/a").count(10);
        SampleFile.create(counters(), 12, "blue/pe1/b").end();
        assertEquals(0, show("--json"), err::toString);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals(2, json.size());
        assertEquals(1, out.toString().lines().count());
        JsonNode first = json.get(0);
        assertEquals(7, first.get("attachment").asInt());
        assertTrue(first.get("live").asBoolean());
        assertEquals(1040, first.at("/traffic/to_core/bytes").asLong());
        assertEquals(0, first.at("/drops/ttl_expired").asLong(-1));
        assertEquals("[300,2002]", first.at("/labels/pushed/0/labels").toString());
        assertEquals(12, json.get(1).get("attachment").asInt());
        assertEquals(false, json.get(1).get("live").asBoolean(true));
    }

    @Test
    void oneAttachmentByNumberOrByName() throws IOException {
        SampleFile.create(counters(), 7, "red/pe1/a").count(10);
        SampleFile.create(counters(), 12, "blue/pe1/b").count(10);
        assertEquals(0, show("12"));
        assertTrue(out.toString().startsWith("attachment 12"));
        out.getBuffer().setLength(0);
        assertEquals(0, show("red/pe1/a"));
        assertTrue(out.toString().startsWith("attachment 7"));
        assertEquals(1, show("9"));
        assertEquals(
                "edgeplex show: no data plane of attachment 9 counts in [" + counters() + "]\n",
                err.toString());
    }

    @Test
    void nothingRunsIsSaid() {
        assertEquals(1, show());
        assertEquals(
                "edgeplex show: no data plane counts in [" + directory + "]\n", err.toString());
        assertEquals(1, show("--json"));
        assertEquals("[]\n", out.toString());
    }

    @Test
    void aDamagedFileIsToldAndTheOthersShown() throws IOException {
        SampleFile.create(counters(), 7, "red/pe1/a").count(10);
        Path bad = Files.writeString(CountersFile.of(counters(), "pvm-8"), "x".repeat(200));
        assertEquals(1, show());
        assertTrue(out.toString().startsWith("attachment 7"));
        assertEquals("edgeplex show: " + bad + " is not a counters file\n", err.toString());
    }

    @Test
    void programsAreToldWhatCannotBeRead() throws IOException {
        SampleFile.create(counters(), 12, "blue/pe1/b").end();
        Path bad = Files.writeString(CountersFile.of(counters(), "pvm-8"), "x".repeat(200));
        assertEquals(1, show("--json"));
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals(bad + " is not a counters file", json.at("/0/reason").asText());
        assertEquals(8, json.at("/0/attachment").asInt());
        assertEquals("ended", json.at("/1/reason").asText());
        assertEquals(0, show("12"), "another's file is not our trouble");
    }

    @Test
    void ratesAreOfWhatCameSince() throws IOException {
        SampleFile sample = SampleFile.create(counters(), 7, "red/pe1/a");
        sample.count(10);
        DataplaneView before = view();
        sample.count(30);
        List<String> lines = new DataplaneText(view(), before, 2).lines();
        assertTrue(
                lines.contains("  to core             30   3120         10   8320"),
                lines::toString);
        assertTrue(lines.contains("  no route      2   0"), lines::toString);
    }

    private DataplaneView view() throws IOException {
        Path file = CountersFile.of(counters(), "pvm-7");
        if (!(CountersReader.read(file) instanceof CountersReader.Reading.Taken taken)) {
            throw new AssertionError(file);
        }
        return DataplaneView.of(taken.snapshot());
    }
}
