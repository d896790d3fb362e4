package org.edgeplex.state.ramcloud.capi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.SystemEventLoop;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.PendingCalls;
import org.edgeplex.state.ramcloud.RamcloudClient;
import org.edgeplex.state.turn.Answers;

/// A client of a RAMCloud cluster by RAMCloud's own library.
public final class LibraryClient implements RamcloudClient {
    /// Threads that may be in the library and not come out, besides the one of each lane.
    static final int ABANDONED_MAX = 4;

    private static final Duration CLOSE_WAIT = Duration.ofMillis(500);

    private final EventLoop loop = new SystemEventLoop("ramcloud-library");
    private final Lane reads;
    private final Lane changes;
    private final Lane scans;
    private final PendingCalls calls = new PendingCalls(loop, Answers.PLAIN, this::watch);

    /// Loads the library, and fails with [StoreException] if it cannot be. The cluster is not yet
    /// reached: operations wait for it until their timeout.
    public static LibraryClient open(LibraryOptions options) {
        return new LibraryClient(RamcloudLibrary.load(options.library()), options);
    }

    private LibraryClient(RamcloudLibrary library, LibraryOptions options) {
        Semaphore abandonable = new Semaphore(ABANDONED_MAX);
        // A place of another client, or of one before, must not be taken for one of this.
        AtomicLong places = new AtomicLong(ThreadLocalRandom.current().nextLong());
        reads = lane("ramcloud-reads", library, options, abandonable, places);
        changes = lane("ramcloud-changes", library, options, abandonable, places);
        scans = lane("ramcloud-scans", library, options, abandonable, places);
    }

    private static Lane lane(
            String name,
            RamcloudLibrary library,
            LibraryOptions options,
            Semaphore abandonable,
            AtomicLong places) {
        return new Lane(
                name,
                options.patience(),
                abandonable,
                lane -> Worker.start(library, options, lane, places));
    }

    @Override
    public CompletableFuture<Long> table(String name, Duration timeout) {
        return table(name, true, timeout).thenApply(Optional::orElseThrow);
    }

    @Override
    public CompletableFuture<Optional<Long>> findTable(String name, Duration timeout) {
        return table(name, false, timeout);
    }

    private CompletableFuture<Optional<Long>> table(String name, boolean create, Duration timeout) {
        return solo(
                scans,
                "asking for the table " + name,
                connection -> connection.table(name, create),
                timeout);
    }

    @Override
    public CompletableFuture<List<Lookup>> read(List<ObjectKey> keys, Duration timeout) {
        if (keys.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        ReadCall call = new ReadCall(keys, timeout, calls);
        return start(call, reads, keys.stream(), () -> Part.of(call));
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<ObjectWrite> writes, Duration timeout) {
        if (writes.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        for (ObjectWrite write : writes) {
            if (write instanceof ObjectWrite.Put put
                    && put.value().length() > Batch.VALUE_BYTES_MAX) {
                return CompletableFuture.failedFuture(
                        new StoreException(
                                "a value of %d octets; at most %d"
                                        .formatted(put.value().length(), Batch.VALUE_BYTES_MAX)));
            }
        }
        WriteCall call = new WriteCall(writes, timeout, calls);
        return start(call, changes, writes.stream().map(ObjectWrite::key), () -> Part.of(call));
    }

    @Override
    public CompletableFuture<Long> increment(ObjectKey key, long delta, Duration timeout) {
        SoloCall<Long> call =
                new SoloCall<>(
                        "adding to a counter, which may have happened or not",
                        connection -> connection.increment(key, delta),
                        timeout,
                        calls);
        return start(call, changes, Stream.of(key), () -> Part.of(call));
    }

    @Override
    public CompletableFuture<ScanPage> enumerate(long tableId, Bytes resume, Duration timeout) {
        return solo(
                scans, "scanning", connection -> connection.enumerate(tableId, resume), timeout);
    }

    /// Threads that are in the library and do not come out are left to it.
    @Override
    public void close() {
        calls.stop();
        List<Optional<Worker>> workers =
                Stream.of(reads, changes, scans)
                        .map(lane -> Optional.ofNullable(lane.close()))
                        .toList();
        calls.end();
        loop.close();
        long endNanos = System.nanoTime() + CLOSE_WAIT.toNanos();
        try {
            for (Optional<Worker> worker : workers) {
                if (worker.isPresent()) {
                    worker.get().join(Duration.ofNanos(endNanos - System.nanoTime()));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> CompletableFuture<T> solo(
            Lane lane, String what, Function<Connection, T> operation, Duration timeout) {
        SoloCall<T> call = new SoloCall<>(what, operation, timeout, calls);
        return start(call, lane, Stream.of(), () -> Part.of(call));
    }

    private <T> CompletableFuture<T> start(
            Call<T> call, Lane lane, Stream<ObjectKey> keys, Supplier<List<Part>> parts) {
        if (calls.admit(call)) {
            try {
                check(keys);
                lane.submit(parts.get(), loop.nowNanos());
            } catch (StoreException e) {
                call.endWith(e);
            }
        }
        return call.future();
    }

    private static void check(Stream<ObjectKey> keys) {
        keys.filter(key -> key.key().length() > Batch.KEY_BYTES_MAX)
                .findFirst()
                .ifPresent(key -> {
                    throw new StoreException(
                            "a key of %d octets; at most %d"
                                    .formatted(key.key().length(), Batch.KEY_BYTES_MAX));
                });
    }

    /// Gives up workers that do not come out.
    private void watch(long nowNanos) {
        List.of(reads, changes, scans).forEach(lane -> lane.watch(nowNanos));
    }
}
