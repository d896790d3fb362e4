package org.edgeplex.state.contract;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.client.Stores;

/// A process of its own that uses a store at random and says what it asks and what it was answered,
/// each before it goes on; and the handle of who forks it.
final class StoreProcess implements AutoCloseable {
    static final TableId TABLE = new TableId(2_001, "histories");
    static final int KEYS = 3;

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Process process;
    private final BlockingQueue<String> unseen = new LinkedBlockingQueue<>();
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private StoreProcess(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::readLines);
    }

    static StoreProcess fork(String location, long seed, int operations) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Small, and quick to start.
        command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(StoreProcess.class.getName(), location));
        command.addAll(List.of(Long.toString(seed), Integer.toString(operations)));
        return new StoreProcess(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    private void readLines() {
        try (var input = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                unseen.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until it has said so many lines, or has ended.
    void awaitLines(int count) throws InterruptedException {
        while (lines.size() < count && reader.isAlive()) {
            String line = unseen.poll(10, TimeUnit.MILLISECONDS);
            if (line != null) {
                lines.add(line);
            }
        }
    }

    void kill() {
        // Not Process.destroyForcibly, which closes the pipe that still has lines.
        process.toHandle().destroyForcibly();
    }

    /// All that it said, when it has ended.
    List<String> end() throws InterruptedException {
        reader.join();
        unseen.drainTo(lines);
        return lines;
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[1]));
        int operations = Integer.parseInt(arguments[2]);
        try (StateStore store = Stores.open(arguments[0])) {
            Expect[] seen = new Expect[KEYS];
            Arrays.fill(seen, Expect.ABSENT);
            for (int i = 0; i < operations; i++) {
                step(store, random, seen, i, out);
            }
        }
    }

    private static void step(
            StateStore store, SplittableRandom random, Expect[] seen, int i, PrintStream out) {
        int number = random.nextInt(KEYS);
        Bytes key = Bytes.utf8("k" + number);
        Expect expect = random.nextInt(3) == 0 ? Expect.ANY : seen[number];
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                out.println(System.nanoTime() + " read " + key);
                Lookup found = store.get(TABLE, key, TIMEOUT).join();
                out.println(System.nanoTime() + told(found));
                seen[number] =
                        switch (found) {
                            case Lookup.Absent() -> Expect.ABSENT;
                            case Lookup.Found(_, long version) -> new Expect.Version(version);
                        };
            }
            case 2 -> {
                out.println(System.nanoTime() + " remove " + key + told(expect));
                Write write = new Write.Remove(TABLE, key, expect, Incarnation.UNFENCED);
                out.println(told(store.write(List.of(write), TIMEOUT).join().getFirst()));
            }
            default -> {
                Bytes value = Bytes.utf8(ProcessHandle.current().pid() + "/" + i);
                out.println(System.nanoTime() + " put " + key + told(expect) + " " + value);
                Write write = new Write.Put(TABLE, key, value, expect, Incarnation.UNFENCED);
                out.println(told(store.write(List.of(write), TIMEOUT).join().getFirst()));
            }
        }
    }

    private static String told(Lookup found) {
        return switch (found) {
            case Lookup.Absent() -> " absent";
            case Lookup.Found(Bytes value, long version) -> " found " + version + " " + value;
        };
    }

    private static String told(Expect expect) {
        return switch (expect) {
            case Expect.Any() -> " any";
            case Expect.Absent() -> " absent";
            case Expect.Version(long version) -> " " + version;
        };
    }

    private static String told(WriteOutcome outcome) {
        return System.nanoTime()
                + switch (outcome) {
                    case WriteOutcome.Written(long version) -> " written " + version;
                    case WriteOutcome.Conflict(long version) -> " conflict " + version;
                    case WriteOutcome.Fenced(long epoch) -> " fenced " + epoch;
                    case WriteOutcome.Unknown(_) -> " unknown";
                };
    }
}
