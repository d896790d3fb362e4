package org.edgeplex.state.lmdb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// The store in one directory that all processes of a machine share.
///
/// Several stores of one process on one directory share what is underneath. Futures of writes are
/// completed by the caller or the writer's thread: what hangs on them must not block.
public final class LmdbStateStore implements StateStore {
    private static final Duration CURSOR_TIMEOUT = Duration.ofSeconds(5);

    private final Environments.Hold hold;
    private final Environment environment;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LmdbStateStore(Environments.Hold hold) {
        this.hold = hold;
        this.environment = hold.environment();
    }

    /// Opens the store in this directory, or makes one.
    public static LmdbStateStore open(Path directory) {
        return open(LmdbOptions.of(directory));
    }

    /// Fails with [StoreException], which says what to do; nothing has changed then.
    public static LmdbStateStore open(LmdbOptions options) {
        return new LmdbStateStore(Environments.open(options));
    }

    @Override
    public CompletableFuture<Lookup> get(TableId table, Bytes key, Duration timeout) {
        return now(() -> {
            EngineRules.checkKey(table, key);
            try (Reader reader = environment.readers().begin(timeout)) {
                return reader.get(table, key);
            }
        });
    }

    @Override
    public CompletableFuture<List<Lookup>> getAll(
            TableId table, List<Bytes> keys, Duration timeout) {
        return now(() -> {
            EngineRules.checkKeys(table, keys);
            Lookup[] found = new Lookup[keys.size()];
            try (Reader reader = environment.readers().begin(timeout)) {
                for (int i = 0; i < found.length; i++) {
                    found[i] = reader.get(table, keys.get(i));
                }
            }
            return List.of(found);
        });
    }

    @Override
    public CompletableFuture<ScanPage> scan(
            TableId table, Bytes prefix, Bytes resume, int limit, Duration timeout) {
        return now(() -> {
            EngineRules.checkScan(prefix, resume, limit);
            return environment
                    .readers()
                    .read(timeout, reader -> reader.scan(table, prefix, resume, limit));
        });
    }

    @Override
    public CompletableFuture<List<TableId>> tables(Duration timeout) {
        return now(() -> environment.readers().read(timeout, Reader::tables));
    }

    @Override
    public CompletableFuture<Map<String, Long>> figures(Duration timeout) {
        return now(() -> environment.readers().guarded(timeout, environment::figures));
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        try {
            checkOpen();
            EngineRules.checkWrites(writes);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        long bytes = 0;
        for (Write write : writes) {
            bytes += write instanceof Write.Put put ? put.value().length() : 0;
        }
        CompletableFuture<List<WriteOutcome>> written =
                environment
                        .writer()
                        .submit(
                                writes.size(),
                                bytes,
                                transaction -> apply(transaction, writes),
                                timeout);
        // A timer costs more than most writes.
        return written.isDone()
                ? written
                : written.completeOnTimeout(
                        Collections.nCopies(
                                writes.size(), new WriteOutcome.Unknown(overdue(timeout))),
                        timeout.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    @Override
    public CompletableFuture<Long> add(TableId table, Bytes key, long delta, Duration timeout) {
        try {
            checkOpen();
            EngineRules.checkKey(table, key);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        return environment
                .writer()
                .submit(
                        1,
                        Long.BYTES,
                        transaction -> OptionalLong.of(transaction.add(table, key, delta)),
                        timeout)
                .completeOnTimeout(OptionalLong.empty(), timeout.toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(sum -> sum.orElseThrow(() -> new StoreException(overdue(timeout))));
    }

    @Override
    public ChangeCursor changes() {
        checkOpen();
        return new LmdbChangeCursor(environment, CURSOR_TIMEOUT);
    }

    /// Waits for what was submitted before.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Environments.release(hold);
        }
    }

    private static List<WriteOutcome> apply(Transaction transaction, List<Write> writes) {
        List<WriteOutcome> outcomes = new ArrayList<>(writes.size());
        for (Write write : writes) {
            outcomes.add(transaction.apply(write));
        }
        return List.copyOf(outcomes);
    }

    /// Reads are done when they return: they wait for no other process.
    private <T> CompletableFuture<T> now(Supplier<T> read) {
        try {
            checkOpen();
            return CompletableFuture.completedFuture(read.get());
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void checkOpen() {
        if (closed.get()) {
            throw environment.closedException();
        }
    }

    private static String overdue(Duration timeout) {
        return "not confirmed within %s: another process may hold the store's write lock"
                .formatted(timeout);
    }
}
