package org.edgeplex.state.client;

import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// A place for one read or write in a [Batcher], filled again and again.
final class Operation {
    private static final Write NO_WRITE =
            new Write.Remove(
                    new TableId(TableId.NUMBER_MAX, "none"),
                    Bytes.EMPTY,
                    Expect.ANY,
                    Incarnation.UNFENCED);

    private Write write = NO_WRITE;
    private TableId table = NO_WRITE.table();
    private Bytes key = Bytes.EMPTY;
    private Reply<Lookup> reader = Reply.nobody();
    private Reply<WriteOutcome> writer = Reply.nobody();
    private long arrivedNanos;
    private long deadlineNanos;
    private boolean isWrite;
    private boolean answered;

    void read(TableId readTable, Bytes readKey, Reply<Lookup> reply) {
        table = readTable;
        key = readKey;
        reader = reply;
        isWrite = false;
        answered = false;
    }

    void write(Write what, Reply<WriteOutcome> reply) {
        write = what;
        table = what.table();
        key = what.key();
        writer = reply;
        isWrite = true;
        answered = false;
    }

    void timed(long nowNanos, long timeoutNanos) {
        arrivedNanos = nowNanos;
        deadlineNanos = nowNanos + timeoutNanos;
    }

    /// Holds on to nothing while it is not used.
    void clear() {
        write = NO_WRITE;
        key = Bytes.EMPTY;
        reader = Reply.nobody();
        writer = Reply.nobody();
    }

    boolean isWrite() {
        return isWrite;
    }

    /// Whether one request of the store can carry both: writes of any tables, reads of one.
    boolean goesWith(Operation other) {
        return isWrite() ? other.isWrite() : !other.isWrite() && table.equals(other.table);
    }

    Write write() {
        return write;
    }

    TableId table() {
        return table;
    }

    Bytes key() {
        return key;
    }

    int bytes() {
        return key.length() + (write instanceof Write.Put put ? put.value().length() : 0);
    }

    int keyHash() {
        int hash = 31 * table.number() + key.hashCode();
        return hash ^ hash >>> 16;
    }

    long arrivedNanos() {
        return arrivedNanos;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    boolean isAnswered() {
        return answered;
    }

    void found(Lookup lookup) {
        if (!answered) {
            answered = true;
            reader.answered(lookup);
        }
    }

    void done(WriteOutcome outcome) {
        if (!answered) {
            answered = true;
            writer.answered(outcome);
        }
    }

    void fail(StoreException failure) {
        if (!answered) {
            answered = true;
            (isWrite() ? writer : reader).failed(failure);
        }
    }

    void expire() {
        if (isWrite()) {
            done(new WriteOutcome.Unknown("no answer before its deadline"));
        } else {
            fail(new StoreException("no answer before the deadline of a read of " + table));
        }
    }
}
