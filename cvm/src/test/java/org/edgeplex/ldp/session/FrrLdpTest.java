package org.edgeplex.ldp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgeplex.cvm.frr.FrrLab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Our speaker against FRR's ldpd, in both roles: the greater transport address opens the session.
@Tag("machine")
class FrrLdpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UP_SECONDS = 60;

    @ParameterizedTest(name = "we {0}, FRR {1}")
    @CsvSource({"10.0.0.2, 10.0.0.9", "10.0.0.9, 10.0.0.2"})
    void exchangesAndWithdrawsBindings(String ours, String theirs) throws Exception {
        try (FrrLab lab = new FrrLab("cvm-ldp", ours, theirs)) {
            lab.startFrr(configuration(theirs));
            Path events = lab.directory().resolve("events");
            Process speaker = startSpeaker(lab, ours, events);
            try {
                bindingsBothWays(lab, ours, theirs, events);
                withdrawalsBothWays(lab, ours, theirs, events, speaker);
                command(speaker, "stop");
                assertTrue(speaker.waitFor(10, TimeUnit.SECONDS), "stops when told");
                FrrLab.await(
                        "FRR sees the session end at once, long before its hold time",
                        5,
                        () -> !"OPERATIONAL".equals(neighborState(lab, ours)));
            } finally {
                speaker.destroyForcibly().waitFor();
            }
        }
    }

    private static void bindingsBothWays(FrrLab lab, String ours, String theirs, Path events)
            throws InterruptedException {
        FrrLab.await(
                "FRR reports OPERATIONAL",
                UP_SECONDS,
                () -> "OPERATIONAL".equals(neighborState(lab, ours)));
        FrrLab.await(
                "FRR's implicit null for its loopback",
                UP_SECONDS,
                () -> lines(events).contains("mapping " + theirs + ":0 " + theirs + "/32 3"));
        FrrLab.await(
                "our implicit null at FRR",
                UP_SECONDS,
                () -> "imp-null".equals(remoteLabel(lab, ours, ours + "/32")));
        assertTrue(
                lines(events).stream()
                        .anyMatch(line -> line.startsWith("mapping " + theirs + ":0 " + ours)),
                "FRR binds a real label to our loopback");
        assertTrue(
                lines(events).stream()
                        .anyMatch(line ->
                                line.startsWith("addresses " + theirs + ":0 ")
                                        && line.contains("10.1.0.1")),
                "FRR tells the address that is our next hop");
    }

    private static void withdrawalsBothWays(
            FrrLab lab, String ours, String theirs, Path events, Process speaker)
            throws IOException, InterruptedException {
        command(speaker, "bind 172.20.0.0/16 1000");
        FrrLab.await(
                "our real label at FRR",
                10,
                () -> "1000".equals(remoteLabel(lab, ours, "172.20.0.0/16")));
        command(speaker, "unbind 172.20.0.0/16");
        FrrLab.await(
                "our withdrawal at FRR",
                10,
                () -> remoteLabel(lab, ours, "172.20.0.0/16").isEmpty());

        FrrLab.run("ip", "-n", lab.frr(), "address", "add", "10.0.7.7/32", "dev", "lo");
        String fec = theirs + ":0 10.0.7.7/32";
        FrrLab.await("a new binding", 20, () -> lines(events).contains("mapping " + fec + " 3"));
        FrrLab.run("ip", "-n", lab.frr(), "address", "del", "10.0.7.7/32", "dev", "lo");
        FrrLab.await("its withdrawal", 20, () -> lines(events).contains("withdrawn " + fec));
        assertEquals("OPERATIONAL", neighborState(lab, ours));
        assertFalse(
                lines(events).stream().anyMatch(line -> line.startsWith("down")),
                "the session was never lost");
    }

    private static Process startSpeaker(FrrLab lab, String ours, Path events) throws IOException {
        Files.createFile(events);
        return new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        lab.us(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpeakerProcess.class.getName(),
                        ours,
                        "10.1.0.2",
                        events.toString())
                .redirectErrorStream(true)
                .redirectOutput(lab.directory().resolve("speaker.log").toFile())
                .start();
    }

    private static void command(Process speaker, String line) throws IOException {
        speaker.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        speaker.getOutputStream().flush();
    }

    private static String neighborState(FrrLab lab, String ours) {
        for (JsonNode neighbor : json(lab, "show mpls ldp neighbor json").path("neighbors")) {
            if (neighbor.path("neighborId").asText().equals(ours)) {
                return neighbor.path("state").asText();
            }
        }
        return "";
    }

    /// What FRR has as the label of our binding; empty if it has none.
    private static String remoteLabel(FrrLab lab, String ours, String prefix) {
        for (JsonNode binding : json(lab, "show mpls ldp binding json").path("bindings")) {
            if (binding.path("prefix").asText().equals(prefix)
                    && binding.path("neighborId").asText().equals(ours)) {
                return binding.path("remoteLabel").asText();
            }
        }
        return "";
    }

    private static JsonNode json(FrrLab lab, String command) {
        try {
            return JSON.readTree(lab.vtysh(command));
        } catch (IOException e) {
            return JSON.createObjectNode(); // ldpd is still starting
        }
    }

    private static List<String> lines(Path events) {
        try {
            return Files.readAllLines(events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String configuration(String loopback) {
        return """
        interface c0
         ip ospf network point-to-point
        exit
        router ospf
         ospf router-id %1$s
         network 10.0.0.0/8 area 0
        exit
        mpls ldp
         router-id %1$s
         address-family ipv4
          discovery transport-address %1$s
          interface c0
         exit-address-family
        exit
        """
                .formatted(loopback);
    }
}
