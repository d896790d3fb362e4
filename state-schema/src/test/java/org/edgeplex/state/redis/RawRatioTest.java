package org.edgeplex.state.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// What the engine costs over the raw protocol: medians of the same run, in turns. Its report has
/// the figures; that it does not fail by noise, it holds far wider bounds than the bench.
@Tag("machine")
class RawRatioTest {
    private static final TableId TABLE = new TableId(1_000, "ratio");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int ROUNDS = 40;
    private static final double RATIO_MAX = 5;

    @TempDir Path directory;

    @Test
    void theEngineIsNotFarFromTheRawProtocol(TestReporter reporter) throws Exception {
        try (RedisServer server = RedisServer.start(directory)) {
            for (String location :
                    List.of(
                            "redis:unix:" + server.socket() + "?namespace=u",
                            "redis://127.0.0.1:" + server.port() + "?namespace=t")) {
                try (StateStore store = RedisStateStore.open(RedisOptions.parse(location));
                        RawRedis raw = RawRedis.open(location)) {
                    measure(reporter, location.substring(0, 8), store, raw);
                }
            }
        }
    }

    private static void measure(
            TestReporter reporter, String name, StateStore store, RawRedis raw) {
        List<Bytes> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add(Bytes.utf8("a key of thirty octets, or so " + i));
        }
        List<Write> puts = keys.stream().<Write>map(RawRatioTest::put).toList();
        store.write(puts, TIMEOUT).join();
        Bytes key = keys.getFirst();
        List<Write> put = puts.subList(0, 1);
        compare(
                reporter,
                name + " get",
                300,
                () -> raw.get(TABLE, key),
                () -> store.get(TABLE, key, TIMEOUT).join());
        compare(
                reporter,
                name + " put",
                300,
                () -> raw.write(put),
                () -> store.write(put, TIMEOUT).join());
        compare(
                reporter,
                name + " getAll 100",
                40,
                () -> raw.getAll(TABLE, keys),
                () -> store.getAll(TABLE, keys, TIMEOUT).join());
        compare(
                reporter,
                name + " putAll 100",
                40,
                () -> raw.write(puts),
                () -> store.write(puts, TIMEOUT).join());
    }

    private static Write put(Bytes key) {
        Bytes value = Bytes.wrap("v".repeat(100).getBytes(StandardCharsets.UTF_8));
        return new Write.Put(TABLE, key, value, Expect.ANY, Incarnation.UNFENCED);
    }

    private static void compare(
            TestReporter reporter, String name, int times, Runnable raw, Runnable ours) {
        long[] rawNanos = new long[ROUNDS * times];
        long[] ourNanos = new long[ROUNDS * times];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            time(raw, rawNanos, Math.max(0, round) * times, times);
            time(ours, ourNanos, Math.max(0, round) * times, times);
        }
        double rawMicros = median(rawNanos) / 1e3;
        double ourMicros = median(ourNanos) / 1e3;
        double ratio = ourMicros / rawMicros;
        reporter.publishEntry(
                name,
                String.format(
                        Locale.ROOT,
                        "raw %.1f us, store %.1f us: %.2f",
                        rawMicros,
                        ourMicros,
                        ratio));
        assertTrue(ratio < RATIO_MAX, name + ": " + ratio);
    }

    private static void time(Runnable work, long[] nanos, int from, int times) {
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            work.run();
            nanos[from + i] = System.nanoTime() - start;
        }
    }

    private static long median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2];
    }
}
