package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.VarHandle;
import org.edgeplex.dataplane.packet.Memory;
import org.jspecify.annotations.Nullable;

/// A hash table from int to int in which a lookup touches two cache lines at most.
///
/// A key has two buckets of seven slots ([CuckooBuckets]): the hash names one, and the tag, eight
/// bits of the hash, leads from either to the other. Insertion into two full buckets moves other
/// entries ([CuckooPath]).
///
/// **Threads.** One writes; any number read, without locks and without waiting for the writer. An
/// entry that moves is in both of its buckets for a moment; a reader that looked into the first
/// before and into the second after that moment finds neither. So each move is counted between its
/// two steps, and who misses a key looks again if the count has changed: a stalled writer holds up
/// nobody. Beside a change, a lookup sees what was before or what is after it, whole; of two
/// lookups beside one change the first may see the later state (a regular register, Lamport, "On
/// Interprocess Communication", 1986).
///
/// **Growth.** Above four fifths of load a table of twice the size is filled, a few buckets with
/// each change, while lookups go on in the old one and changes go to both; then readers are shown
/// the new one. Old buckets are given back with the allocator's memory: together they are smaller
/// than the ones in use.
public final class CuckooTable {
    /// What [#get] returns for an absent key; so it is not a value.
    public static final int MISSING = -1;

    private static final int LOAD_PERCENT_MAX = 80;

    /// Some microseconds; and a table has room for the changes that its copying takes.
    private static final int BUCKETS_COPIED_PER_CHANGE = 2;

    private final SegmentAllocator memory;
    private final int bucketsMax;
    private final CuckooPath path = new CuckooPath(this::moving);
    private volatile CuckooBuckets current;
    private volatile long moves;

    // The writer's own.
    private int size;
    private @Nullable CuckooBuckets next;
    private final CuckooPath pathOfNext = new CuckooPath(_ -> {});
    private int copied;
    private boolean canGrow;

    /// A table of fixed size with room for at least `entries`, with a probability that leaves
    /// failures to attackers.
    public CuckooTable(SegmentAllocator memory, int entries) {
        this(memory, entries, entries);
    }

    /// A table that has room for `entriesFirst` and grows until it has for `entriesMax`.
    public CuckooTable(SegmentAllocator memory, int entriesFirst, int entriesMax) {
        this.memory = memory;
        bucketsMax = CuckooBuckets.bucketsFor(entriesMax);
        current = new CuckooBuckets(memory, CuckooBuckets.bucketsFor(entriesFirst));
        canGrow = current.count() < bucketsMax;
    }

    public int size() {
        return size;
    }

    /// Buckets of 64 bytes that readers use now.
    public int buckets() {
        return current.count();
    }

    static int hash(int key) {
        return CuckooBuckets.hash(key);
    }

    /// The value of the key, or [#MISSING].
    public int get(int key) {
        int hash = hash(key);
        int tag = CuckooBuckets.tag(hash);
        while (true) {
            long before = moves;
            CuckooBuckets buckets = current;
            int value = CuckooBuckets.match(buckets.bucket(hash), key, tag);
            if (value == MISSING) {
                long second = buckets.bucket(CuckooBuckets.other(hash, tag));
                value = CuckooBuckets.match(second, key, tag);
            }
            if (value != MISSING || isUnmovedSince(before)) {
                return value;
            }
        }
    }

    /// Writes the addresses of the two lines that a key may be in, for a prefetch before a change.
    public void putLines(int key, long at) {
        int hash = hash(key);
        Memory.putLong(at, current.bucket(hash));
        int other = CuckooBuckets.other(hash, CuckooBuckets.tag(hash));
        Memory.putLong(at + Long.BYTES, current.bucket(other));
    }

    CuckooBuckets current() {
        return current;
    }

    long moves() {
        return moves;
    }

    /// Whether a miss can be believed: what was read until now is not read later than the count.
    boolean isUnmovedSince(long movesBefore) {
        VarHandle.acquireFence();
        return moves == movesBefore;
    }

    /// Either happens whole or, if the answer is [TableOutcome#FULL], not at all.
    public TableOutcome put(int key, int value) {
        if (value == MISSING) {
            throw new IllegalArgumentException("value " + MISSING + " means missing");
        }
        grow();
        TableOutcome outcome = put(current, path, key, value);
        if (outcome == TableOutcome.FULL && next != null) {
            copy(next, next.count());
            outcome = put(current, path, key, value);
        } else if (outcome != TableOutcome.FULL) {
            mirror(key, value);
        }
        if (outcome == TableOutcome.ADDED) {
            size++;
        }
        return outcome;
    }

    private static TableOutcome put(CuckooBuckets buckets, CuckooPath path, int key, int value) {
        int hash = hash(key);
        long found = buckets.find(key, hash);
        if (found != 0) {
            CuckooBuckets.replace(found, key, value);
            return TableOutcome.REPLACED;
        }
        int tag = CuckooBuckets.tag(hash);
        int one = buckets.index(hash);
        int two = buckets.index(CuckooBuckets.other(hash, tag));
        long entry = CuckooBuckets.pack(key, value);
        if (buckets.store(one, tag, entry) || buckets.store(two, tag, entry)) {
            return TableOutcome.ADDED;
        }
        int freed = path.makeRoom(buckets, one, two);
        return freed != CuckooPath.NONE && buckets.store(freed, tag, entry)
                ? TableOutcome.ADDED
                : TableOutcome.FULL;
    }

    /// The entry may come into a bucket that was copied already.
    private void moving(long entry) {
        long counted = moves + 1;
        moves = counted;
        mirror((int) entry, (int) (entry >>> 32));
    }

    /// True if the key was there.
    public boolean remove(int key) {
        boolean wasThere = remove(current, key);
        if (wasThere) {
            size--;
            if (next != null) {
                remove(next, key);
            }
        }
        return wasThere;
    }

    private static boolean remove(CuckooBuckets buckets, int key) {
        long entry = buckets.find(key, hash(key));
        if (entry != 0) {
            CuckooBuckets.clear(entry);
        }
        return entry != 0;
    }

    private void grow() {
        if (next != null) {
            copy(next, BUCKETS_COPIED_PER_CHANGE);
        } else if (canGrow) {
            long slots = (long) current.count() * CuckooBuckets.SLOTS;
            if (size * 100L >= slots * LOAD_PERCENT_MAX) {
                next = new CuckooBuckets(memory, current.count() * 2);
                copied = 0;
            }
        }
    }

    private void copy(CuckooBuckets to, int buckets) {
        CuckooBuckets from = current;
        int end = Math.min(from.count(), copied + buckets);
        while (copied < end && next != null) {
            for (int slot = 0; slot < CuckooBuckets.SLOTS; slot++) {
                if (from.tagAt(copied, slot) != 0) {
                    long entry = from.entryAt(copied, slot);
                    mirror((int) entry, (int) (entry >>> 32));
                }
            }
            copied++;
        }
        if (copied == from.count() && next != null) {
            current = to;
            next = null;
            canGrow = to.count() < bucketsMax;
        }
    }

    /// Keys that collide in the larger table have collided in the smaller one, so this is never
    /// full before that one is; should it be all the same, the table stays at its size.
    private void mirror(int key, int value) {
        if (next != null && put(next, pathOfNext, key, value) == TableOutcome.FULL) {
            next = null;
            canGrow = false;
        }
    }
}
