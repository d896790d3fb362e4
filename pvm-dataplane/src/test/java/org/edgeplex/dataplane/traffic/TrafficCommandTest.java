package org.edgeplex.dataplane.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.AutoComplete;
import picocli.CommandLine;

/// What is refused before DPDK is started, and what help and shells say.
class TrafficCommandTest {
    private final StringWriter said = new StringWriter();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "loop --port null | what is sent to null never comes back",
                "loop --port pcap:in.pcap,tx_pcap=out.pcap | ports that can are af_packet, af_xdp",
                "loop --port ring --receive null | what is sent to null never comes back",
                "loop --port ring --receive ring | say --port ring alone",
                "loop --port ring,foo=bar | ring has no key \"foo\"; it has nodeaction",
                "loop --port ring,idle=adaptive | idle= is for data planes",
                "loop --port af_packet:a --receive af_packet:b,idle=busy | is for data planes",
                "loop --port ring --cpu 1023 | there is no CPU 1023 for this program",
                "loop --port ring --memory 0 | --memory is out of its range: 0",
                "sink --port ring --flows 16385 | these give 16384",
                "sink --port ring --flows 16385 | such as --source 198.18.0.1/30",
                "sink --port ring --flows 40000 --source 2001:db8::/128 --destination 2001:db8::1"
                        + " | --source 2001:db8:0:0:0:0:0:0/126"
            })
    void refuses(String arguments, String why) {
        assertEquals(CommandLine.ExitCode.USAGE, execute(arguments), said.toString());
        assertTrue(said.toString().contains(why), said.toString());
    }

    /// What the error of too many flows says is no empty promise.
    @Test
    void theWiderPrefixIsWideEnough() {
        assertEquals(3, Addresses.parse("198.18.0.1/30").count());
        assertEquals("198.18.0.1/30", Addresses.parse("198.18.0.1").widened(3));
        assertEquals("198.18.0.1/29", Addresses.parse("198.18.0.1").widened(4));
    }

    @Test
    void helpHasAPortOfEachTypeAndHowToWriteACapture() {
        String help = new CommandLine(new TrafficCommand()).getUsageMessage();
        for (String port : new String[] {"pcap,tx_pcap=out.pcap", "memif:client,socket=", "ring"}) {
            assertTrue(help.contains("\n  " + port), help);
        }
    }

    @Test
    void aShellCompletesPorts() {
        String script = AutoComplete.bash("traffic", new CommandLine(new TrafficCommand()));
        assertTrue(script.contains("\"af_packet:\" "), script);
        assertTrue(script.contains("\"ring\" "), script);
    }

    @ParameterizedTest
    @EnumSource
    void progressTellsWhatTheRoleDoes(Role role) {
        Figures figures = new Figures(2, 17, 16, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, Times.NONE);
        new TrafficPrinter(new PrintWriter(said), role, false, false).progress(figures);
        assertEquals(
                switch (role) {
                    case LOOP -> "2.0 s  sent 17  received 16";
                    case GENERATE -> "2.0 s  sent 17";
                    case SINK -> "2.0 s  received 16";
                    case ECHO -> "2.0 s  sent back 17";
                },
                said.toString().strip());
    }

    @ParameterizedTest
    @EnumSource
    void soDoesProgressForPrograms(Role role) {
        Figures figures = new Figures(2, 17, 16, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, Times.NONE);
        new TrafficPrinter(new PrintWriter(said), role, true, false).progress(figures);
        String line = said.toString().toLowerCase(Locale.ROOT);
        assertEquals(role != Role.SINK, line.contains("\"sent\":17"), line);
        assertEquals(role.counts(), line.contains("\"received\":16"), line);
    }

    private int execute(String arguments) {
        return new CommandLine(new TrafficCommand())
                .setErr(new PrintWriter(said))
                .execute(arguments.split(" ", -1));
    }
}
