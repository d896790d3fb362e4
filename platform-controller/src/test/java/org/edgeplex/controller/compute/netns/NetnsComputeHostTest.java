package org.edgeplex.controller.compute.netns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.edgeplex.controller.compute.ComputeHost;
import org.edgeplex.controller.compute.ComputeHostContract;
import org.edgeplex.controller.compute.ComputeOutcome;
import org.edgeplex.controller.compute.IdleMode;
import org.edgeplex.controller.compute.ProgramRole;
import org.edgeplex.controller.compute.RunningProgram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real namespaces, real wires, real processes. Needs root, iproute2, ethtool.
@Tag("machine")
class NetnsComputeHostTest extends ComputeHostContract {
    private static final JvmCommand.Program IDLER =
            new JvmCommand.Program(
                    System.getProperty("java.class.path"), Idler.class.getName(), List.of());

    private static final String PREFIX = "controller-" + ProcessHandle.current().pid();
    private static final String HOST = PREFIX + "-h1";
    private static final String SWITCH = PREFIX + "-sw";

    @TempDir private Path directory;

    @BeforeAll
    static void makeNamespaces() throws CommandFailedException {
        Commands.run(List.of("ip", "netns", "add", HOST));
        Commands.run(List.of("ip", "netns", "add", SWITCH));
    }

    @AfterAll
    static void removeNamespaces() throws CommandFailedException {
        Commands.run(List.of("ip", "netns", "delete", HOST));
        Commands.run(List.of("ip", "netns", "delete", SWITCH));
    }

    @Override
    protected ComputeHost connect() {
        return new NetnsComputeHost(
                new NetnsSettings(
                        "h1",
                        HOST,
                        SWITCH,
                        1700,
                        "lmdb:/nowhere",
                        directory.resolve("log"),
                        directory,
                        IdleMode.INTERRUPT,
                        new JvmCommand(
                                System.getProperty("java.home") + "/bin/java",
                                List.of(
                                        "-Xmx32m",
                                        "-XX:+UseSerialGC",
                                        "-Didler.directory=" + directory),
                                false,
                                Map.of(
                                        ProgramRole.DATAPLANE, IDLER,
                                        ProgramRole.CONTROL, IDLER))));
    }

    @Override
    protected void crash(RunningProgram program) {
        ProcessHandle.of(program.pid()).orElseThrow().destroyForcibly();
    }

    @Test
    void eachProgramRunsInItsNamespaceWithItsArguments() throws Exception {
        RunningProgram dataplane = done(host().start(DATAPLANE));
        RunningProgram control = done(host().start(CONTROL));
        List<String> dataplaneSaw = saw(dataplane);
        List<String> controlSaw = saw(control);
        assertEquals(
                "--store lmdb:/nowhere --attachment 7 --port af_packet:wire7,idle=interrupt"
                        + " --counters "
                        + directory
                        + " --tap-namespace "
                        + HOST
                        + "-pvm-7",
                dataplaneSaw.getFirst());
        assertTrue(dataplaneSaw.toString().contains("wire7:"));
        assertEquals(
                "--store lmdb:/nowhere --attachment 7 --counters " + directory,
                controlSaw.getFirst());
        assertFalse(controlSaw.toString().contains("wire7:"));
        assertEquals(
                control.pid(),
                ProcFs.alive(control.pid()).orElseThrow().session(),
                "a session of its own");
    }

    @Test
    void theWireIsPlainAndGoesWithTheInstance() throws Exception {
        RunningProgram program = done(host().start(DATAPLANE));
        for (List<String> end : List.of(List.of(SWITCH, "pvm7"), List.of(HOST, "wire7"))) {
            String link =
                    Commands.run(
                            List.of("ip", "-d", "-n", end.get(0), "address", "show", end.get(1)));
            assertTrue(link.contains("mtu 1700"), link);
            assertTrue(link.contains(",UP"), link);
            assertFalse(link.contains("inet"), link);
            String features =
                    Commands.run(
                            List.of(
                                    "ip",
                                    "netns",
                                    "exec",
                                    end.get(0),
                                    "ethtool",
                                    "-k",
                                    end.get(1)));
            assertTrue(features.contains("tx-checksumming: off"), features);
            assertTrue(features.contains("generic-segmentation-offload: off"), features);
        }
        done(host().kill(program));
        Files.writeString(directory.resolve("pvm-7.counters"), "of one that has ended");
        done(host().release("pvm-7"));
        assertFalse(Files.exists(directory.resolve("pvm-7.counters")));
        assertFalse(PvmNetwork.exists(HOST + "-pvm-7"));
        assertEquals("", Commands.run(List.of("ip", "-n", SWITCH, "link", "show", "type", "veth")));
        assertEquals("", Commands.run(List.of("ip", "-n", HOST, "link", "show", "type", "veth")));
    }

    @Test
    void halfAWireIsMadeWhole() throws Exception {
        Commands.run(List.of("ip", "netns", "add", HOST + "-pvm-7"));
        Commands.run(List.of("ip", "-n", SWITCH, "tuntap", "add", "dev", "pvm7", "mode", "tap"));
        saw(done(host().start(DATAPLANE)));
        assertTrue(
                Commands.run(List.of("ip", "-d", "-n", SWITCH, "link", "show", "pvm7"))
                        .contains("veth"));
    }

    @Test
    void aProgramThatCannotRunTellsByItsEnd() throws Exception {
        try (ComputeHost broken =
                new NetnsComputeHost(
                        new NetnsSettings(
                                "h2",
                                PREFIX + "-none",
                                SWITCH,
                                1700,
                                "lmdb:/nowhere",
                                directory,
                                directory,
                                IdleMode.ADAPTIVE,
                                JvmCommand.own()))) {
            assertTrue(broken.problem().orElse("").contains(PREFIX + "-none"));
            assertTrue(broken.start(DATAPLANE) instanceof ComputeOutcome.Failed<RunningProgram>);
        }
    }

    private List<String> saw(RunningProgram program) throws IOException, InterruptedException {
        Path file = directory.resolve("started-" + program.pid());
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.exists(file) || Files.readAllLines(file).size() < 3) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(program + " does not come up");
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
        return Files.readAllLines(file);
    }
}
