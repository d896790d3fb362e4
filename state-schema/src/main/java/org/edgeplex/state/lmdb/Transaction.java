package org.edgeplex.state.lmdb;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.record.Lease;
import org.jspecify.annotations.Nullable;

/// A write transaction: while it is open, nobody else on the machine writes. Begun, used and ended
/// by one thread; the object serves one transaction after another, of whoever has the lock.
final class Transaction implements AutoCloseable {
    /// The log of changes is shortened by this many at once: its leftmost pages are copied then.
    private static final int TRIM_STEP = 1_024;

    private final Environment environment;
    private final MemorySegment key;
    private final MemorySegment value;
    private final MemorySegment keyBytes;
    private final MemorySegment sequenceKey;
    private final MemorySegment sequenceBytes;
    private final MemorySegment result;
    private long handle;
    private boolean isLocked;

    /// Cursors, which end with the transaction: what was looked for is written where it was found.
    private long records;

    private long changes;
    private long firstSequence;
    private long lastSequence;

    Transaction(Environment environment, Arena arena) {
        this.environment = environment;
        this.key = arena.allocate(Lmdb.VAL);
        this.value = arena.allocate(Lmdb.VAL);
        this.keyBytes = arena.allocate(Layout.KEY_BYTES_MAX);
        this.sequenceKey = arena.allocate(Lmdb.VAL);
        this.sequenceBytes = arena.allocate(Layout.SEQUENCE_BYTES);
        this.result = arena.allocate(JAVA_LONG);
    }

    /// Waits for the lock, however long another process holds it.
    Transaction begin() {
        environment.writeLock().lock();
        return beginLocked();
    }

    /// Null when somebody has the lock.
    @Nullable Transaction tryBegin() {
        return environment.writeLock().tryLock() ? beginLocked() : null;
    }

    private Transaction beginLocked() {
        isLocked = true;
        try {
            begin(0);
            return this;
        } catch (StoreException e) {
            close();
            throw e;
        }
    }

    /// One that can open databases; it waits for nobody.
    Transaction beginToRead() {
        begin(Lmdb.READ_ONLY);
        return this;
    }

    private void begin(int flags) {
        check(Lmdb.txnBegin(environment.handle(), flags, result));
        handle = result.get(JAVA_LONG, 0);
    }

    /// Reads where the log of changes stands; before the first write.
    void readSequences() {
        records = openCursor(environment.records());
        changes = openCursor(environment.changes());
        firstSequence = sequenceAt(Lmdb.FIRST, 1);
        lastSequence = sequenceAt(Lmdb.LAST, 0);
    }

    private long openCursor(int database) {
        check(Lmdb.cursorOpen(handle, database, result));
        return result.get(JAVA_LONG, 0);
    }

    long handle() {
        return handle;
    }

    WriteOutcome apply(Write write) {
        Incarnation writer = write.writer();
        if (writer.isFenced()) {
            long epoch = epochOf(writer.holder());
            if (!EngineRules.lives(writer, epoch)) {
                return new WriteOutcome.Fenced(epoch);
            }
        }
        boolean isThere = find(write.table(), write.key());
        long version = isThere ? Layout.version(found()) : 0;
        if (!EngineRules.holds(write.expect(), version)) {
            return new WriteOutcome.Conflict(version);
        }
        return switch (write) {
            case Write.Put put -> new WriteOutcome.Written(put(isThere, put.value()));
            case Write.Remove _ -> {
                if (isThere) {
                    remove();
                }
                yield new WriteOutcome.Written(0);
            }
        };
    }

    long add(TableId table, Bytes objectKey, long delta) {
        boolean isThere = find(table, objectKey);
        long sum = delta;
        if (isThere) {
            sum += EngineRules.counter(table, objectKey, Layout.value(found()));
        }
        put(isThere, EngineRules.counter(sum));
        return sum;
    }

    /// Writes without a change: the engine's own notes.
    void putOwn(Bytes name, Bytes content) {
        point(Layout.OWN_TABLE, name);
        pointToRoom(content);
        check(Lmdb.put(handle, environment.records(), key, value, Lmdb.RESERVE));
        Layout.writeObject(found(), 0, content);
    }

    void commit() {
        trim();
        long ending = handle;
        // The library has freed it, whatever it answers.
        handle = 0;
        check(Lmdb.txnCommit(ending));
    }

    /// Ends it without effect, unless it was committed.
    @Override
    public void close() {
        if (handle != 0) {
            Lmdb.txnAbort(handle);
            handle = 0;
        }
        if (isLocked) {
            isLocked = false;
            environment.writeLock().unlock();
        }
    }

    private long epochOf(String holder) {
        return find(Tables.LEASES.id(), Bytes.utf8(holder))
                ? Lease.epochOf(Layout.value(found()))
                : 0;
    }

    /// Writes what was looked for last.
    private long put(boolean isThere, Bytes content) {
        long version = ++lastSequence;
        pointToRoom(content);
        int flags = isThere ? Lmdb.RESERVE | Lmdb.CURRENT : Lmdb.RESERVE;
        check(Lmdb.cursorPut(records, key, value, flags));
        Layout.writeObject(found(), version, content);
        log();
        return version;
    }

    /// Removes what was looked for last, and is there.
    private void remove() {
        ++lastSequence;
        check(Lmdb.cursorDel(records));
        log();
    }

    /// Appends the object that `key` names to the log of changes.
    private void log() {
        Layout.writeSequence(sequenceBytes, lastSequence);
        Lmdb.point(sequenceKey, sequenceBytes, Layout.SEQUENCE_BYTES);
        check(Lmdb.cursorPut(changes, sequenceKey, key, Lmdb.APPEND));
    }

    private void trim() {
        int kept = environment.changesKept();
        if (lastSequence == 0) {
            return;
        }
        if (lastSequence - firstSequence + 1 <= (long) kept + Math.min(kept, TRIM_STEP)) {
            return;
        }
        for (long sequence = firstSequence; sequence <= lastSequence - kept; sequence++) {
            check(Lmdb.cursorGet(changes, sequenceKey, value, Lmdb.FIRST));
            check(Lmdb.cursorDel(changes));
        }
    }

    private boolean find(TableId table, Bytes objectKey) {
        point(table.number(), objectKey);
        int error = Lmdb.cursorGet(records, key, value, Lmdb.SET);
        if (error == Lmdb.NOT_FOUND) {
            return false;
        }
        check(error);
        return true;
    }

    private MemorySegment found() {
        return Lmdb.pointedTo(value);
    }

    private void point(int table, Bytes objectKey) {
        Lmdb.point(key, keyBytes, Layout.writeKey(keyBytes, table, objectKey));
    }

    /// Has the library make room for an object, which [#found] then is.
    private void pointToRoom(Bytes content) {
        Lmdb.point(value, MemorySegment.NULL, Layout.VERSION_BYTES + content.length());
    }

    private long sequenceAt(int operation, long whenEmpty) {
        int error = Lmdb.cursorGet(changes, key, value, operation);
        if (error == Lmdb.NOT_FOUND) {
            return whenEmpty;
        }
        check(error);
        return Layout.sequence(Lmdb.pointedTo(key));
    }

    private void check(int error) {
        environment.errors().check(error, "write");
    }
}
