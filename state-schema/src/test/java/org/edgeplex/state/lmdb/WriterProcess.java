package org.edgeplex.state.lmdb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.client.Stores;

/// A process of its own that writes, to be killed; and the handle of who forks it. It says what was
/// acknowledged, a line each, on its standard output.
final class WriterProcess implements AutoCloseable {
    static final TableId TABLE = new TableId(2_000, "processes");
    static final Bytes SHARED_COUNTER = Bytes.utf8("counter");
    static final Bytes SHARED_VALUE = Bytes.utf8("value");

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Process process;
    private final BufferedReader lines;

    private WriterProcess(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /// @param work the name of a method below
    static WriterProcess fork(String work, Path directory, String argument) throws IOException {
        return new WriterProcess(
                ForkedJvm.start(
                        WriterProcess.class, List.of(work, directory.toString(), argument)));
    }

    /// The next line; empty at the end.
    String readLine() throws IOException {
        String line = lines.readLine();
        return line == null ? "" : line;
    }

    /// The rest of the lines, when it was killed or has ended.
    List<String> readRest() throws IOException {
        return lines.readAllLines();
    }

    void goOn() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    void kill() throws InterruptedException {
        // Not Process.destroyForcibly, which closes the pipe that still has lines.
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    int await() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path directory = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "count" -> count(directory, Integer.parseInt(arguments[2]));
            case "endless" -> endless(directory, arguments[2], out);
            case "hold" -> hold(directory, out);
            case "ask" -> ask(directory, out);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /// Says why it cannot be opened.
    private static void ask(Path directory, PrintStream out) {
        try (StateStore store = Stores.openExisting("lmdb:" + directory)) {
            out.println("opened " + store);
        } catch (StoreException e) {
            out.println(e.getMessage());
        }
    }

    /// Counts up, by `add` and by reading and replacing.
    private static void count(Path directory, int times) {
        try (LmdbStateStore store = LmdbStateStore.open(directory)) {
            for (int i = 0; i < times; i++) {
                store.add(TABLE, SHARED_COUNTER, 1, TIMEOUT).join();
                while (!raised(store)) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static boolean raised(LmdbStateStore store) {
        Lookup seen = store.get(TABLE, SHARED_VALUE, TIMEOUT).join();
        Write write =
                switch (seen) {
                    case Lookup.Absent() -> put(SHARED_VALUE, 1, Expect.ABSENT);
                    case Lookup.Found(Bytes value, long version) ->
                            put(
                                    SHARED_VALUE,
                                    EngineRules.counter(TABLE, SHARED_VALUE, value) + 1,
                                    new Expect.Version(version));
                };
        return store.write(List.of(write), TIMEOUT).join().getFirst()
                instanceof WriteOutcome.Written;
    }

    /// Creates `NAME/0`, `NAME/1`, .. and counts them in `NAME`, until it is killed.
    private static void endless(Path directory, String name, PrintStream out) {
        try (LmdbStateStore store = LmdbStateStore.open(directory)) {
            for (int i = 0; ; i++) {
                Write write = put(Bytes.utf8(name + "/" + i), i, Expect.ABSENT);
                CompletableFuture<List<WriteOutcome>> written =
                        store.write(List.of(write), TIMEOUT);
                CompletableFuture<Long> added = store.add(TABLE, Bytes.utf8(name), 1, TIMEOUT);
                if (!(written.join().getFirst() instanceof WriteOutcome.Written)
                        || added.join() != i + 1) {
                    throw new IllegalStateException(name + "/" + i + ": " + written.join());
                }
                out.println(i);
            }
        }
    }

    /// Takes the lock of the writers and keeps it until it is told to go on.
    private static void hold(Path directory, PrintStream out) throws IOException {
        Environments.Hold hold = Environments.open(LmdbOptions.of(directory));
        try (Arena arena = Arena.ofConfined();
                Transaction begun = new Transaction(hold.environment(), arena).begin()) {
            out.println("holding " + begun.handle());
            new InputStreamReader(System.in, StandardCharsets.UTF_8).read();
        }
        out.println("released");
    }

    private static Write put(Bytes key, long value, Expect expect) {
        return new Write.Put(TABLE, key, EngineRules.counter(value), expect, Incarnation.UNFENCED);
    }
}
