package org.edgeplex.state.ramcloud.capi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.edgeplex.state.ramcloud.server.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Where no cluster answers the library never returns: callers must not notice.
///
/// In the end there is a cluster, and all threads come out: they would poll beside later tests.
@EnabledIfEnvironmentVariable(
        named = LibraryOptions.VARIABLE,
        matches = ".+",
        disabledReason = RealCluster.REASON)
class SilentClusterTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final ObjectKey KEY = new ObjectKey(1, Bytes.utf8("a"));

    private static final Pattern THREADS = Pattern.compile("ramcloud-(reads|changes|scans)");

    private int port;
    private LibraryClient client;

    @BeforeEach
    void open() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        LibraryOptions options =
                LibraryOptions.of(
                                LibraryOptions.library("", LibraryOptions.variable()),
                                "tcp:host=127.0.0.1,port=" + port,
                                "main")
                        .withPatience(SHORT);
        client = LibraryClient.open(options);
    }

    @AfterEach
    void leaveNoThreadInTheLibrary() throws InterruptedException {
        client.close();
        try (TestCluster _ = new TestCluster(1, port)) {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (THREADS.matcher(thread.getName()).matches()) {
                    assertTrue(thread.join(LONG), thread.getName());
                }
            }
        }
    }

    @Test
    void deadlinesHold() {
        assertTimeoutPreemptively(
                LONG,
                () -> {
                    assertTrue(failure().contains("no answer from RAMCloud in time"));
                    List<WriteOutcome> outcomes =
                            client.write(
                                            List.of(
                                                    new ObjectWrite.Put(
                                                            KEY, Bytes.EMPTY, Expect.ANY)),
                                            SHORT)
                                    .join();
                    assertInstanceOf(WriteOutcome.Unknown.class, outcomes.getFirst());
                    assertThrows(
                            CompletionException.class,
                            () -> client.increment(KEY, 1, SHORT).join());
                    assertThrows(CompletionException.class, () -> client.table("t", SHORT).join());
                });
    }

    @Test
    void fewThreadsAreLeftInTheLibrary() {
        long before = readers();
        assertTimeoutPreemptively(
                LONG,
                () -> {
                    List<String> failures = new ArrayList<>();
                    do {
                        failures.add(failure());
                    } while (!failures.getLast().contains("RAMCloud cannot be reached"));
                    assertTrue(failures.size() > LibraryClient.ABANDONED_MAX, failures.toString());
                    assertEquals(LibraryClient.ABANDONED_MAX + 1, readers() - before);
                });
    }

    @Test
    void closingReturnsAndAnswersWhoWaits() {
        CompletableFuture<List<Lookup>> read = client.read(List.of(KEY), LONG);
        assertTimeoutPreemptively(LONG, client::close);
        CompletionException e = assertThrows(CompletionException.class, read::join);
        assertTrue(e.toString().contains("the client was closed"), e.toString());
    }

    @Test
    void theProcessEndsAsItWants() throws Exception {
        Process program =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StuckProgram.class.getName(),
                                LibraryOptions.library("", LibraryOptions.variable()).toString(),
                                "tcp:host=127.0.0.1,port=" + port)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(StuckProgram.STATUS, program.waitFor(), output);
        assertTrue(output.contains(StuckProgram.STUCK), output);
    }

    private static long readers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("ramcloud-reads"))
                .count();
    }

    private String failure() {
        CompletionException e =
                assertThrows(
                        CompletionException.class, () -> client.read(List.of(KEY), SHORT).join());
        return String.valueOf(e.getMessage());
    }
}
