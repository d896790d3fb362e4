package org.edgeplex.state.ramcloud.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.edgeplex.state.ramcloud.RamcloudOptions;
import org.edgeplex.state.ramcloud.wire.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The test cluster in a process of its own.
class TestClusterMainTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private Process process;
    private BufferedReader out;
    private BufferedWriter in;
    private String locator;

    @BeforeEach
    void start() throws IOException {
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                TestClusterMain.class.getName(),
                                "0",
                                "2")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        out = process.inputReader(StandardCharsets.UTF_8);
        in = process.outputWriter(StandardCharsets.UTF_8);
        locator = out.readLine();
    }

    @AfterEach
    void stop() {
        process.destroy();
    }

    @Test
    void itServesAndObeys() throws Exception {
        try (WireClient client = WireClient.open(RamcloudOptions.of(locator))) {
            long table = client.table("t", TIMEOUT).join();
            ObjectKey key = new ObjectKey(table, Bytes.utf8("key"));
            ObjectWrite put = new ObjectWrite.Put(key, Bytes.utf8("value"), Expect.ANY);
            assertInstanceOf(
                    WriteOutcome.Written.class,
                    client.write(List.of(put), TIMEOUT).join().getFirst());
            assertEquals(locator, tell("crash 0"));
            assertEquals(locator, tell("recover 0"));
            assertInstanceOf(
                    Lookup.Found.class, client.read(List.of(key), TIMEOUT).join().getFirst());
        }
    }

    @Test
    void aStandbyLeadsElsewhere() throws IOException {
        assertEquals(locator, tell("crashCoordinator"));
        String standby = tell("startStandby");
        assertTrue(standby.startsWith("tcp:host="), standby);
        assertNotEquals(locator, standby);
    }

    @Test
    void itEndsWithItsInput() throws Exception {
        in.close();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }

    private String tell(String command) throws IOException {
        in.write(command + "\n");
        in.flush();
        return out.readLine();
    }
}
