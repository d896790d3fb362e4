package org.edgeplex.state.contract;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.record.Lease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the suites share: a fresh store for each test, and short words for its operations.
public abstract class EngineContract {
    protected static final int CHANGES_KEPT = 200;
    protected static final Duration TIMEOUT = Duration.ofSeconds(10);
    protected static final TableId TABLE = new TableId(1_000, "contract");
    protected static final TableId OTHER_TABLE = new TableId(1_001, "contract_other");

    private StateStore opened;

    /// Opens a new, empty store.
    ///
    /// @param changesKept a reader that falls behind by this many changes has not yet lost its
    ///   place
    protected abstract StateStore open(int changesKept) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        opened = open(CHANGES_KEPT);
    }

    @AfterEach
    void closeStore() {
        opened.close();
    }

    protected final StateStore store() {
        return opened;
    }

    protected static Bytes bytes(String text) {
        return Bytes.utf8(text);
    }

    protected static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException cause) {
                throw cause;
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    protected static String refused(CompletableFuture<?> future) {
        StoreException e = assertThrows(StoreException.class, () -> await(future));
        return String.valueOf(e.getMessage());
    }

    protected final Lookup get(String key) {
        return await(store().get(TABLE, bytes(key), TIMEOUT));
    }

    protected final long versionOf(String key) {
        return switch (get(key)) {
            case Lookup.Absent() -> 0;
            case Lookup.Found(_, long version) -> version;
        };
    }

    protected final WriteOutcome write(Write write) {
        return await(store().write(List.of(write), TIMEOUT)).getFirst();
    }

    protected static Write putting(String key, String value, Expect expect, Incarnation by) {
        return new Write.Put(TABLE, bytes(key), bytes(value), expect, by);
    }

    protected static Write removing(String key, Expect expect, Incarnation by) {
        return new Write.Remove(TABLE, bytes(key), expect, by);
    }

    protected final long put(String key, String value) {
        return written(write(putting(key, value, Expect.ANY, Incarnation.UNFENCED)));
    }

    protected final void remove(String key) {
        written(write(removing(key, Expect.ANY, Incarnation.UNFENCED)));
    }

    protected static long written(WriteOutcome outcome) {
        return assertInstanceOf(WriteOutcome.Written.class, outcome).version();
    }

    protected final Incarnation claim(String holder, long epoch) {
        Write claim =
                Tables.LEASES.put(
                        holder, new Lease(epoch, 0, "test"), Expect.ANY, Incarnation.UNFENCED);
        written(write(claim));
        return new Incarnation(holder, epoch);
    }

    /// Scans page by page, as the interface says; sorted, for comparing.
    protected final List<ScanPage.Entry> scanAll(TableId table, Bytes prefix, int limit) {
        List<ScanPage.Entry> entries = new ArrayList<>();
        Bytes resume = Bytes.EMPTY;
        do {
            ScanPage page = await(store().scan(table, prefix, resume, limit, TIMEOUT));
            assertTrue(page.entries().size() <= limit, "a page longer than its limit");
            entries.addAll(page.entries());
            resume = page.resume();
        } while (!resume.isEmpty());
        entries.sort(Comparator.comparing(ScanPage.Entry::key));
        return entries;
    }
}
