package org.edgeplex.lab.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.DelegatingStore;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.memory.MemoryStateStore;

/// An engine with one mistake.
final class FaultyEngine extends DelegatingStore {
    enum Mistake {
        NO_FENCING,
        NO_CONDITIONS,
        LOST_WRITE,
        MISSED_CHANGES
    }

    /// Rare enough to need a run, not so rare as to need many.
    private static final int EVERY = 40;

    private final Mistake mistake;
    private int writes;
    private int polled;

    FaultyEngine(Mistake mistake) {
        super(new MemoryStateStore());
        this.mistake = mistake;
    }

    @Override
    public CompletableFuture<List<WriteOutcome>> write(List<Write> writes, Duration timeout) {
        this.writes++;
        boolean isOfLeases = writes.getFirst().table().equals(Tables.LEASES.id());
        if (mistake == Mistake.LOST_WRITE && this.writes % EVERY == 0 && !isOfLeases) {
            WriteOutcome written = new WriteOutcome.Written(1_000_000 + this.writes);
            return CompletableFuture.completedFuture(writes.stream().map(_ -> written).toList());
        }
        return store.write(writes.stream().map(this::mistaken).toList(), timeout);
    }

    private Write mistaken(Write write) {
        Incarnation by = mistake == Mistake.NO_FENCING ? Incarnation.UNFENCED : write.writer();
        Expect expect =
                mistake == Mistake.NO_CONDITIONS && !write.table().equals(Tables.LEASES.id())
                        ? Expect.ANY
                        : write.expect();
        return switch (write) {
            case Write.Put(TableId table, Bytes key, Bytes value, _, _) ->
                    new Write.Put(table, key, value, expect, by);
            case Write.Remove(TableId table, Bytes key, _, _) ->
                    new Write.Remove(table, key, expect, by);
        };
    }

    @Override
    public ChangeCursor changes() {
        ChangeCursor cursor = store.changes();
        return max ->
                cursor.poll(max) instanceof ChangeCursor.Poll.Changes(List<Change> changes)
                        ? new ChangeCursor.Poll.Changes(perhapsWithout(changes))
                        : new ChangeCursor.Poll.Lost();
    }

    private List<Change> perhapsWithout(List<Change> changes) {
        List<Change> kept = new ArrayList<>(changes);
        kept.removeIf(_ -> mistake == Mistake.MISSED_CHANGES && ++polled % EVERY == 0);
        return kept;
    }
}
