package org.edgeplex.state.dump;

import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Table;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;

/// All of a store, page by page: never more than a page in memory.
public final class StoreScan {
    private static final int PAGE = 1_000;

    private final StateStore store;
    private final Duration timeout;

    public StoreScan(StateStore store, Duration timeout) {
        this.store = store;
        this.timeout = timeout;
    }

    /// The tables of the catalogue, and what else the engine knows of, by their numbers.
    public List<TableId> tables() {
        return Stream.concat(
                        Tables.all().stream().map(Table::id), await(store.tables(timeout)).stream())
                .distinct()
                .sorted(Comparator.comparingInt(TableId::number))
                .toList();
    }

    /// Of all tables.
    public StateHash hash() {
        StateHash hash = new StateHash();
        tables().forEach(table -> hash.add(hash(table)));
        return hash;
    }

    public StateHash hash(TableId table) {
        StateHash hash = new StateHash();
        forEach(table, entry -> hash.add(table, entry.key(), entry.value()));
        return hash;
    }

    /// The objects of a table, in no order.
    public void forEach(TableId table, Consumer<ScanPage.Entry> consumer) {
        for (List<ScanPage.Entry> page : pages(table)) {
            page.forEach(consumer);
        }
    }

    /// The same as they arrive.
    public Iterable<List<ScanPage.Entry>> pages(TableId table) {
        return () -> new Pages(table);
    }

    private final class Pages implements Iterator<List<ScanPage.Entry>> {
        private final TableId table;
        private Bytes resume = Bytes.EMPTY;
        private boolean last;

        Pages(TableId table) {
            this.table = table;
        }

        @Override
        public boolean hasNext() {
            return !last;
        }

        @Override
        public List<ScanPage.Entry> next() {
            if (last) {
                throw new NoSuchElementException();
            }
            ScanPage page = await(store.scan(table, Bytes.EMPTY, resume, PAGE, timeout));
            resume = page.resume();
            last = page.isLast();
            return page.entries();
        }
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
