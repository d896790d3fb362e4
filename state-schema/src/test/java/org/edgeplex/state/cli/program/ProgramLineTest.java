package org.edgeplex.state.cli.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.state.cli.program.ProgramLine.Option;
import org.edgeplex.state.cli.program.ProgramLine.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramLineTest {
    private static final ProgramLine LINE =
            new ProgramLine(
                    "forward",
                    "Forwards.",
                    List.of(
                            Option.required("store", "LOCATION", "where the state is"),
                            Option.optional("cpu", "N", "-1", "the CPU")));

    private static Values parse(String line) {
        return LINE.parse(line.isEmpty() ? new String[0] : line.split(" "));
    }

    @Test
    void takesBothWaysToGiveAValue() {
        Values values = parse("--store lmdb:/a=b --cpu=3");
        assertEquals("lmdb:/a=b", values.text("store"));
        assertEquals(3, values.number("cpu", -1, 127));
    }

    @Test
    void whatIsNotGivenIsTheDefault() {
        assertEquals(-1, parse("--store=").number("cpu", -1, 127));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'', --store is missing",
        "--store, --store needs a value",
        "--store a --store b, --store is there twice",
        "--store a --stores b, 'there is no option \"--stores\"'",
        "store a, 'there is no option \"store\"'",
        "--store a b, 'there is no option \"b\"'"
    })
    void saysWhatIsWrong(String line, String message) {
        assertEquals(message, assertThrows(UsageException.class, () -> parse(line)).getMessage());
    }

    @ParameterizedTest(name = "--cpu {0}")
    @CsvSource({"-2", "128", "x", "99999999999", "''"})
    void aNumberIsInItsRange(String cpu) {
        Values values = LINE.parse(new String[] {"--store=a", "--cpu=" + cpu});
        UsageException e = assertThrows(UsageException.class, () -> values.number("cpu", -1, 127));
        assertEquals("--cpu is a number from -1 to 127, not \"" + cpu + '"', e.getMessage());
    }

    @Test
    void theStatusTellsTheEnd() {
        List<String> ran = new ArrayList<>();
        int status =
                LINE.run(
                        new String[] {"--store=a"},
                        values -> {
                            ran.add(values.text("store"));
                            return 7;
                        });
        assertEquals(7, status);
        assertEquals(List.of("a"), ran);
        assertEquals(2, LINE.run(new String[] {"--stor=a"}, _ -> 7));
        assertEquals(0, LINE.run(new String[] {"--help"}, _ -> 7));
        assertEquals(
                1,
                LINE.run(
                        new String[] {"--store=a"},
                        _ -> {
                            throw new IllegalStateException("on purpose");
                        }));
    }

    @Test
    void theUsageHasEachOption() {
        String usage = LINE.usage();
        assertTrue(usage.startsWith("Usage: forward --store=LOCATION [--cpu=N]\n"), usage);
        assertTrue(usage.contains("  --cpu: the CPU (default: -1)\n"), usage);
    }
}
