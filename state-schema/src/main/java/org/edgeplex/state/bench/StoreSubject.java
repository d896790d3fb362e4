package org.edgeplex.state.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;

/// An engine through the store's interface.
final class StoreSubject implements Subject {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int FILL_BATCH = 500;
    private static final int POLL_MAX = 1_000;

    private final String name;
    private final StateStore store;
    private final Objects objects;
    private final Incarnation life;

    StoreSubject(String name, StateStore store, Objects objects) {
        this.name = name;
        this.store = store;
        this.objects = objects;
        for (int from = 0; from < Objects.COUNT; from += FILL_BATCH) {
            write(from, FILL_BATCH, Incarnation.UNFENCED, true);
        }
        this.life = new Leases(new State(store, TIMEOUT)).claim("bench", "edgeplex bench store");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Histogram run(Operation operation, int batch, long nanos) {
        return switch (operation) {
            case GET -> Calls.timed(batch == 1 ? this::get : () -> getAll(batch), nanos);
            case PUT -> Calls.timed(() -> put(batch, Incarnation.UNFENCED), nanos);
        };
    }

    /// The same store, which is written to in the name of a life.
    Subject fenced() {
        return new Fenced();
    }

    /// From the start of a write to its sight through the cursor of another user, who polls all the
    /// time.
    Histogram changes(StateStore other, long nanos) {
        ChangeCursor cursor = other.changes();
        return Calls.timed(
                () -> {
                    int position = objects.anywhere();
                    Bytes key = objects.key(position);
                    CompletableFuture<List<WriteOutcome>> written =
                            store.write(
                                    List.of(toPut(position, Incarnation.UNFENCED, false)), TIMEOUT);
                    while (!isSeen(cursor, key)) {
                        Thread.onSpinWait();
                    }
                    objects.written(position, written.join().getFirst());
                },
                nanos);
    }

    private static boolean isSeen(ChangeCursor cursor, Bytes key) {
        return switch (cursor.poll(POLL_MAX)) {
            case ChangeCursor.Poll.Changes(List<Change> changes) ->
                    changes.stream().anyMatch(change -> change.key().equals(key));
            case ChangeCursor.Poll.Lost() ->
                    throw new IllegalStateException("one write at a time, and the place is lost");
        };
    }

    private void get() {
        objects.check(store.get(Objects.TABLE, objects.key(objects.anywhere()), TIMEOUT).join());
    }

    private void getAll(int batch) {
        List<Bytes> keys = objects.keys(objects.anywhere(), batch);
        store.getAll(Objects.TABLE, keys, TIMEOUT).join().forEach(objects::check);
    }

    private void put(int batch, Incarnation by) {
        write(objects.anywhere(), batch, by, false);
    }

    private void write(int from, int count, Incarnation by, boolean any) {
        List<Write> writes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            writes.add(toPut(from + i, by, any));
        }
        List<WriteOutcome> outcomes = store.write(writes, TIMEOUT).join();
        for (int i = 0; i < count; i++) {
            objects.written(from + i, outcomes.get(i));
        }
    }

    private Write toPut(int position, Incarnation by, boolean any) {
        Expect expect = any ? Expect.ANY : objects.expected(position);
        return new Write.Put(Objects.TABLE, objects.key(position), objects.value(), expect, by);
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Fenced implements Subject {
        @Override
        public String name() {
            return name + "_fenced";
        }

        @Override
        public boolean does(Operation operation, int batch) {
            return operation == Operation.PUT && batch == 1;
        }

        @Override
        public Histogram run(Operation operation, int batch, long nanos) {
            return Calls.timed(() -> put(batch, life), nanos);
        }

        @Override
        public void close() {}
    }
}
