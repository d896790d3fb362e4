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
        check(Lmdb.cursorOpen(handle, environment.changes(), result));
        long cursor = result.get(JAVA_LONG, 0);
        try {
            firstSequence = sequenceAt(cursor, Lmdb.FIRST, 1);
            lastSequence = sequenceAt(cursor, Lmdb.LAST, 0);
        } finally {
            Lmdb.cursorClose(cursor);
        }
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
        long version = find(write.table(), write.key()) ? Layout.version(found()) : 0;
        if (!EngineRules.holds(write.expect(), version)) {
            return new WriteOutcome.Conflict(version);
        }
        return switch (write) {
            case Write.Put put ->
                    new WriteOutcome.Written(put(put.table(), put.key(), put.value()));
            case Write.Remove remove -> {
                if (version != 0) {
                    remove(remove.table(), remove.key());
                }
                yield new WriteOutcome.Written(0);
            }
        };
    }

    long add(TableId table, Bytes objectKey, long delta) {
        long sum = delta;
        if (find(table, objectKey)) {
            sum += EngineRules.counter(table, objectKey, Layout.value(found()));
        }
        put(table, objectKey, EngineRules.counter(sum));
        return sum;
    }

    /// Writes without a change: the engine's own notes.
    void putOwn(Bytes name, Bytes content) {
        point(Layout.OWN_TABLE, name);
        reserve(Layout.VERSION_BYTES + content.length());
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

    private long put(TableId table, Bytes objectKey, Bytes content) {
        long version = ++lastSequence;
        point(table.number(), objectKey);
        reserve(Layout.VERSION_BYTES + content.length());
        Layout.writeObject(found(), version, content);
        log();
        return version;
    }

    private void remove(TableId table, Bytes objectKey) {
        ++lastSequence;
        point(table.number(), objectKey);
        check(Lmdb.del(handle, environment.records(), key));
        log();
    }

    /// Appends the object that `key` names to the log of changes.
    private void log() {
        Layout.writeSequence(sequenceBytes, lastSequence);
        Lmdb.point(sequenceKey, sequenceBytes, Layout.SEQUENCE_BYTES);
        check(Lmdb.put(handle, environment.changes(), sequenceKey, key, Lmdb.APPEND));
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
            Layout.writeSequence(sequenceBytes, sequence);
            Lmdb.point(sequenceKey, sequenceBytes, Layout.SEQUENCE_BYTES);
            check(Lmdb.del(handle, environment.changes(), sequenceKey));
        }
    }

    private boolean find(TableId table, Bytes objectKey) {
        point(table.number(), objectKey);
        int error = Lmdb.get(handle, environment.records(), key, value);
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

    /// Makes room for a value, which [#found] then is.
    private void reserve(long bytes) {
        Lmdb.point(value, MemorySegment.NULL, bytes);
        check(Lmdb.put(handle, environment.records(), key, value, Lmdb.RESERVE));
    }

    private long sequenceAt(long cursor, int operation, long whenEmpty) {
        int error = Lmdb.cursorGet(cursor, key, value, operation);
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
