package org.edgeplex.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs labs as a user does, in processes of their own, and looks at what they leave.
@Tag("machine")
final class L3vpnLabIT {
    private static final long MINUTES_MAX = 8;

    @TempDir private static Path directory;

    private static JsonNode checks;
    private static int exitStatus;

    @BeforeAll
    static void runsTheLab() throws IOException, InterruptedException {
        Path json = directory.resolve("l3vpn.json");
        exitStatus =
                edgeplex("lab", "run", "l3vpn", "--name", "l3vpnit", "--json", json.toString());
        checks = new JsonMapper().readTree(json.toFile()).path("checks");
    }

    @Test
    void everyCheckPasses() {
        assertEquals(List.of(), failed(checks));
        assertEquals(0, exitStatus);
    }

    private static List<String> failed(JsonNode checks) {
        List<String> failed = new ArrayList<>();
        for (JsonNode check : checks) {
            if (!check.path("result").asText().equals("passed")) {
                failed.add(check.path("name").asText() + ": " + check.path("remark").asText());
            }
        }
        return failed;
    }

    /// That none is silently left out.
    @Test
    void everyFamilyOfChecksIsThere() {
        List<String> names = new ArrayList<>();
        checks.forEach(check -> names.add(check.path("name").asText()));
        assertTrue(
                names.containsAll(
                        List.of(
                                "bgp-vpnv4-at-rr",
                                "ldp-at-p",
                                "bgp-at-red1",
                                "bgp-at-red2",
                                "ping-red",
                                "ping-blue",
                                "mtu-red",
                                "tcp-red",
                                "flows-red",
                                "flows-blue",
                                "counters-red",
                                "counters-blue",
                                "labels-red",
                                "isolation-red-blue",
                                "announce-red1-red2",
                                "withdraw-red1-red2",
                                "provision-green",
                                "provision-green-others",
                                "delete-green",
                                "kill-pvm-red1",
                                "kill-controller",
                                "kill-cvm")),
                names.toString());
    }

    @Test
    void nothingIsLeftOfTheLab() throws IOException {
        assertEquals(List.of(), namespacesOf("l3vpnit"));
    }

    /// The same checks with the state of both PEs in one Redis.
    @Test
    void everyCheckPassesOnAnotherStore() throws IOException, InterruptedException {
        Path json = directory.resolve("redis.json");
        int status =
                edgeplex(
                        "lab",
                        "run",
                        "l3vpn",
                        "--name",
                        "redisit",
                        "--store",
                        "redis",
                        "--json",
                        json.toString());

        assertEquals(List.of(), failed(new JsonMapper().readTree(json.toFile()).path("checks")));
        assertEquals(0, status);
        assertEquals(List.of(), namespacesOf("redisit"));
    }

    @Test
    void threeOtherRoutersComeUpAndAreTakenDown() throws IOException, InterruptedException {
        int status =
                edgeplex(
                        "lab",
                        "run",
                        Path.of("src/test/resources/topologies/peers.clab.yml").toString(),
                        "--name",
                        "peersit");

        assertEquals(0, status);
        assertEquals(List.of(), namespacesOf("peersit"));
    }

    /// What a `kill -9` of the runner leaves is taken away by the next run of the same name.
    @Test
    void aRunAfterAKilledRunCleansUp() throws IOException, InterruptedException {
        String topology = Path.of("src/test/resources/topologies/peers.clab.yml").toString();
        assertEquals(0, edgeplex("lab", "run", topology, "--name", "killedit", "--keep"));
        // As after a kill: everything is up, and the journal does not say that it was kept.
        Path journal = Path.of("/run/edgeplex/killedit/journal");
        Files.writeString(journal, Files.readString(journal).replace("kept\n", ""));

        assertEquals(0, edgeplex("lab", "run", topology, "--name", "killedit"));

        assertEquals(List.of(), namespacesOf("killedit"));
    }

    private static int edgeplex(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dedgeplex.home=" + Path.of("..").toAbsolutePath().normalize(),
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                                "-cp",
                                installation(),
                                "org.edgeplex.lab.cli.EdgePlex"));
        command.addAll(List.of(arguments));
        // Not inherited: our own output is how the test runner talks to us.
        File log = Path.of("target/labs.log").toFile();
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                        .start();
        assertTrue(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES), "the lab takes too long");
        return process.exitValue();
    }

    /// What the package phase has put together, as the launcher uses it.
    private static String installation() {
        return Path.of("target/edgeplex/lib").toAbsolutePath() + "/*";
    }

    private static List<String> namespacesOf(String lab) throws IOException {
        Path namespaces = Path.of("/run/netns");
        if (!Files.isDirectory(namespaces)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(namespaces)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(lab + "-"))
                    .toList();
        }
    }
}
