package org.edgeplex.state.lmdb;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.ChangeCursor;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.TableId;

/// One reader's slot in the environment: a snapshot while it is lent, parked otherwise. Used by one
/// thread at a time.
final class Reader implements AutoCloseable {
    /// A page of a scan ends when it has become this large.
    private static final long SCAN_BYTES_MAX = 8L << 20;

    private final Environment environment;
    private final Readers lender;
    private final MemorySegment key;
    private final MemorySegment value;
    private final MemorySegment keyBytes;
    private final MemorySegment result;
    private long transaction;

    Reader(Environment environment, Readers lender, Arena arena) {
        this.environment = environment;
        this.lender = lender;
        this.key = arena.allocate(Lmdb.VAL);
        this.value = arena.allocate(Lmdb.VAL);
        this.keyBytes = arena.allocate(Layout.KEY_BYTES_MAX);
        this.result = arena.allocate(JAVA_LONG);
    }

    /// Takes a snapshot of the present.
    void begin() {
        if (transaction != 0) {
            int error = Lmdb.txnRenew(transaction);
            if (error != 0) {
                end();
                throw environment.errors().exception(error, "read");
            }
            return;
        }
        int error = Lmdb.txnBegin(environment.handle(), Lmdb.READ_ONLY, result);
        if (error == Errors.READERS_FULL) {
            environment.releaseDeadReaders();
            error = Lmdb.txnBegin(environment.handle(), Lmdb.READ_ONLY, result);
        }
        environment.errors().check(error, "begin to read");
        transaction = result.get(JAVA_LONG, 0);
    }

    /// Lets the snapshot go, so that its pages can be used again; keeps the slot.
    void park() {
        if (transaction != 0) {
            Lmdb.txnReset(transaction);
        }
    }

    @Override
    public void close() {
        lender.end(this);
    }

    /// Gives the slot back to the environment.
    void end() {
        if (transaction != 0) {
            Lmdb.txnAbort(transaction);
            transaction = 0;
        }
    }

    long transactionId() {
        return Lmdb.txnId(transaction);
    }

    Lookup get(TableId table, Bytes objectKey) {
        return get(table.number(), objectKey);
    }

    /// What the engine noted for itself; empty when it did not.
    Bytes own(Bytes name) {
        return switch (get(Layout.OWN_TABLE, name)) {
            case Lookup.Absent() -> Bytes.EMPTY;
            case Lookup.Found(Bytes noted, _) -> noted;
        };
    }

    private Lookup get(int table, Bytes objectKey) {
        Lmdb.point(key, keyBytes, Layout.writeKey(keyBytes, table, objectKey));
        int error = Lmdb.get(transaction, environment.records(), key, value);
        if (error == Lmdb.NOT_FOUND) {
            return Lookup.ABSENT;
        }
        environment.errors().check(error, "read");
        MemorySegment object = Lmdb.pointedTo(value);
        return new Lookup.Found(Layout.value(object), Layout.version(object));
    }

    ScanPage scan(TableId table, Bytes prefix, Bytes after, int limit) {
        boolean exclusive = after.length() > 0 && after.compareTo(prefix) >= 0;
        Bytes from = exclusive ? after : prefix;
        List<ScanPage.Entry> entries = new ArrayList<>();
        long bytes = 0;
        long cursor = openCursor(environment.records());
        try {
            Lmdb.point(key, keyBytes, Layout.writeKey(keyBytes, table.number(), from));
            boolean found = moved(cursor, Lmdb.SET_RANGE);
            if (found && exclusive && Layout.key(Lmdb.pointedTo(key)).equals(after)) {
                found = moved(cursor, Lmdb.NEXT);
            }
            while (found) {
                MemorySegment foundKey = Lmdb.pointedTo(key);
                if (!Layout.matches(foundKey, table.number(), prefix)) {
                    break;
                }
                if (entries.size() == limit || bytes >= SCAN_BYTES_MAX) {
                    return new ScanPage(entries, entries.getLast().key());
                }
                MemorySegment object = Lmdb.pointedTo(value);
                entries.add(
                        new ScanPage.Entry(
                                Layout.key(foundKey),
                                Layout.value(object),
                                Layout.version(object)));
                bytes += object.byteSize();
                found = moved(cursor, Lmdb.NEXT);
            }
            return new ScanPage(entries, Bytes.EMPTY);
        } finally {
            Lmdb.cursorClose(cursor);
        }
    }

    /// The tables that hold something, from one to the next by their first keys.
    List<TableId> tables() {
        List<TableId> tables = new ArrayList<>();
        long cursor = openCursor(environment.records());
        try {
            int next = Layout.OWN_TABLE + 1;
            while (next <= TableId.NUMBER_MAX) {
                Lmdb.point(key, keyBytes, Layout.writeKey(keyBytes, next, Bytes.EMPTY));
                if (!moved(cursor, Lmdb.SET_RANGE)) {
                    break;
                }
                TableId table = Layout.tableId(Lmdb.pointedTo(key));
                tables.add(table);
                next = table.number() + 1;
            }
            return tables;
        } finally {
            Lmdb.cursorClose(cursor);
        }
    }

    /// The sequence number of the last change; 0: nothing was ever written.
    long lastSequence() {
        long cursor = openCursor(environment.changes());
        try {
            return moved(cursor, Lmdb.LAST) ? Layout.sequence(Lmdb.pointedTo(key)) : 0;
        } finally {
            Lmdb.cursorClose(cursor);
        }
    }

    /// The changes behind this sequence number; lost when the next one is not there any more.
    ChangeCursor.Poll changesAfter(long sequence, int max) {
        long cursor = openCursor(environment.changes());
        try {
            Layout.writeSequence(keyBytes, sequence + 1);
            Lmdb.point(key, keyBytes, Layout.SEQUENCE_BYTES);
            boolean found = moved(cursor, Lmdb.SET_RANGE);
            // Sequence numbers have no gaps.
            if (found && Layout.sequence(Lmdb.pointedTo(key)) != sequence + 1) {
                return new ChangeCursor.Poll.Lost();
            }
            List<Change> changes = new ArrayList<>();
            while (found && changes.size() < max) {
                MemorySegment changed = Lmdb.pointedTo(value);
                changes.add(new Change(Layout.tableId(changed), Layout.key(changed)));
                found = moved(cursor, Lmdb.NEXT);
            }
            return new ChangeCursor.Poll.Changes(changes);
        } finally {
            Lmdb.cursorClose(cursor);
        }
    }

    private long openCursor(int database) {
        environment.errors().check(Lmdb.cursorOpen(transaction, database, result), "read");
        return result.get(JAVA_LONG, 0);
    }

    private boolean moved(long cursor, int operation) {
        int error = Lmdb.cursorGet(cursor, key, value, operation);
        if (error == Lmdb.NOT_FOUND) {
            return false;
        }
        environment.errors().check(error, "read");
        return true;
    }
}
