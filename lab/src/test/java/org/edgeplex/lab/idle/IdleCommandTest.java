package org.edgeplex.lab.idle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.edgeplex.dataplane.io.IdleMode;
import org.edgeplex.dataplane.io.dpdk.PortSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.AutoComplete;
import picocli.CommandLine;

class IdleCommandTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--mode=lazy | idle is one of busy, adaptive, interrupt, not \"lazy\"",
                "--port=null | one of af_packet, memif, tap: null",
                "--port=tap,memif --mode=interrupt | memif has no idle mode interrupt; it has busy,"
                        + " adaptive"
            })
    void saysWhatThereIs(String argument, String why) {
        StringWriter said = new StringWriter();
        CommandLine line = new CommandLine(new IdleCommand()).setErr(new PrintWriter(said));
        assertEquals(CommandLine.ExitCode.USAGE, line.execute(argument.split(" ", -1)));
        assertTrue(said.toString().contains(why), said.toString());
    }

    @Test
    void helpAndCompletionNameTheChoices() {
        CommandLine line = new CommandLine(new IdleCommand());
        String help = line.getUsageMessage();
        String completion = AutoComplete.bash("idle", line);
        for (String choice :
                List.of("busy", "adaptive", "interrupt", "af_packet", "memif", "tap")) {
            assertTrue(help.contains(choice), help);
            assertTrue(completion.contains('"' + choice + '"'), choice);
        }
    }

    /// What is measured is what a port has.
    @ParameterizedTest
    @EnumSource
    void aWireHasTheModesOfItsPort(Wire wire) {
        assertEquals(
                Arrays.stream(IdleMode.values()).filter(mode -> accepts(wire, mode)).toList(),
                wire.modes().stream().sorted().toList());
    }

    private static boolean accepts(Wire wire, IdleMode mode) {
        try {
            return PortSpec.parse(wire.near() + ",idle=" + mode.word()).idle() == mode;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The controller and the data plane never meet but on a command line.
    @Test
    void theControllerUsesTheSameWords() {
        assertEquals(
                Arrays.stream(IdleMode.values()).map(IdleMode::word).sorted().toList(),
                Arrays.stream(org.edgeplex.controller.compute.IdleMode.values())
                        .map(org.edgeplex.controller.compute.IdleMode::word)
                        .sorted()
                        .toList());
    }

    @ParameterizedTest(name = "{0} percent of 1..4: {1}")
    @CsvSource({"0, 0", "1, 1", "25, 1", "26, 2", "50, 2", "99, 4", "100, 4"})
    void aPercentileIsOneOfTheValues(int percent, double value) {
        assertEquals(value, Percentile.of(new double[] {1, 2, 3, 4}, percent));
    }

    @Test
    void noValuesHaveNoPercentile() {
        assertEquals(0, Percentile.of(new double[0], 99));
    }
}
