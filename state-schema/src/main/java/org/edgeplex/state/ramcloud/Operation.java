package org.edgeplex.state.ramcloud;

import org.edgeplex.state.Bytes;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.edgeplex.state.ramcloud.StoredObject.Stamp;

/// One write, or one addition, on its way through a log. Used on the loop.
final class Operation {
    /// Who waits for it.
    interface Waiter {
        void answered(int index, WriteOutcome outcome);

        void failed(StoreException failure);

        /// Whether nobody waits any more.
        boolean isOver();
    }

    private enum Kind {
        PUT,
        REMOVE,
        ADD
    }

    private final Kind kind;
    private final TableId table;
    private final Bytes key;
    private final Expect expect;
    private final Incarnation writer;
    private final Waiter waiter;
    private final int index;

    private Bytes value;
    private long delta;
    private long expected;
    private boolean isAnswered;
    private boolean isUncertain;

    private Operation(
            Kind kind,
            TableId table,
            Bytes key,
            Bytes value,
            Expect expect,
            Incarnation writer,
            Waiter waiter,
            int index) {
        this.kind = kind;
        this.table = table;
        this.key = key;
        this.value = value;
        this.expect = expect;
        this.writer = writer;
        this.waiter = waiter;
        this.index = index;
    }

    static Operation of(Write write, Waiter waiter, int index) {
        return switch (write) {
            case Write.Put(TableId table, Bytes key, Bytes value, Expect expect, Incarnation by) ->
                    new Operation(Kind.PUT, table, key, value, expect, by, waiter, index);
            case Write.Remove(TableId table, Bytes key, Expect expect, Incarnation by) ->
                    new Operation(Kind.REMOVE, table, key, Bytes.EMPTY, expect, by, waiter, index);
        };
    }

    /// An addition of 0, until it is increased.
    static Operation add(TableId table, Bytes key, Waiter waiter) {
        return new Operation(
                Kind.ADD, table, key, Bytes.EMPTY, Expect.ANY, Incarnation.UNFENCED, waiter, 0);
    }

    /// Adds more, before it is begun.
    void increase(long by) {
        delta += by;
    }

    int table() {
        return table.number();
    }

    Bytes key() {
        return key;
    }

    Incarnation writer() {
        return writer;
    }

    int valueBytes() {
        return value.length();
    }

    boolean isOfLeases() {
        return table.equals(Tables.LEASES.id());
    }

    boolean isOver() {
        return isAnswered || waiter.isOver();
    }

    boolean isAnswered() {
        return isAnswered;
    }

    void answer(WriteOutcome outcome) {
        if (!isAnswered) {
            isAnswered = true;
            waiter.answered(index, outcome);
        }
    }

    void fail(StoreException failure) {
        isAnswered = true;
        waiter.failed(failure);
    }

    /// The version that the change is conditional on; 0: not known yet.
    long expected() {
        return expected;
    }

    void expect(long version) {
        expected = version;
    }

    /// Whether it was sent and may be done.
    boolean isUncertain() {
        return isUncertain;
    }

    void uncertain(boolean now) {
        isUncertain = now;
    }

    /// What must be known before the change can be announced.
    enum Need {
        NOTHING,
        /// Its version, or the version of a tombstone that is made where nothing is.
        ANY_VERSION,
        /// The object.
        OBJECT
    }

    /// Settles [#expected] from what is known, as far as possible.
    Need prepare(VersionCache cache) {
        if (kind != Kind.ADD && expected != 0) {
            return Need.NOTHING;
        }
        VersionCache.Known known = cache.get(table(), key);
        boolean isKnown = known.version() != 0;
        return switch (expect) {
            case Expect.Version(long version) -> {
                expected = version;
                yield version == 0 ? Need.OBJECT : Need.NOTHING;
            }
            case Expect.Any() ->
                    switch (kind) {
                        case PUT -> guess(known.version(), Need.ANY_VERSION);
                        case REMOVE -> guess(known.isLive() ? known.version() : 0, Need.OBJECT);
                        case ADD -> isKnown ? Need.OBJECT : Need.ANY_VERSION;
                    };
            case Expect.Absent() ->
                    switch (kind) {
                        case PUT ->
                                guess(
                                        known.isLive() ? 0 : known.version(),
                                        isKnown ? Need.OBJECT : Need.ANY_VERSION);
                        case REMOVE, ADD -> Need.OBJECT;
                    };
        };
    }

    private Need guess(long version, Need otherwise) {
        expected = version;
        return version == 0 ? otherwise : Need.NOTHING;
    }

    /// A tombstone was made for it.
    void placeMade(long version) {
        expected = version;
        value = kind == Kind.ADD ? EngineRules.counter(delta) : value;
    }

    /// An object in this version was in the place of the tombstone. Returns whether it must be
    /// read.
    boolean placeTaken(long version) {
        boolean mustRead = kind == Kind.ADD || expect instanceof Expect.Absent;
        expected = mustRead ? 0 : version;
        return mustRead;
    }

    /// Decides by the object as it was just read: answers, or sets [#expected], or leaves it 0
    /// where nothing is at all and a tombstone must be made first.
    void decide(StoredObject object) {
        long live = object.liveVersion();
        expected = 0;
        switch (expect) {
            case Expect.Version(long version) -> {
                if (live == version && live != 0) {
                    // It was only written again since.
                    expected = object.version();
                } else {
                    answer(new WriteOutcome.Conflict(live));
                }
            }
            case Expect.Absent() -> {
                if (live != 0) {
                    answer(new WriteOutcome.Conflict(live));
                } else if (kind == Kind.REMOVE) {
                    answer(new WriteOutcome.Written(0));
                } else {
                    expected = object.version();
                }
            }
            case Expect.Any() -> {
                if (kind == Kind.REMOVE && live == 0) {
                    answer(new WriteOutcome.Written(0));
                } else {
                    expected = object.version();
                    addTo(object);
                }
            }
        }
    }

    private void addTo(StoredObject object) {
        if (kind == Kind.ADD) {
            long before = object.isLive() ? EngineRules.counter(table, key, object.value()) : 0;
            value = EngineRules.counter(before + delta);
        }
    }

    /// The sum, after it was written.
    long sum() {
        return EngineRules.counter(table, key, value);
    }

    LogEntry.Op announced() {
        return new LogEntry.Op(table(), key, expected);
    }

    ObjectWrite change(ObjectKey place, Stamp stamp) {
        Bytes bytes =
                kind == Kind.REMOVE
                        ? StoredObject.tombstone(stamp)
                        : StoredObject.encode(stamp, value);
        return new ObjectWrite.Put(place, bytes, new Expect.Version(expected));
    }

    /// It is done.
    ///
    /// @param version that the cluster has it in
    /// @param known that users know it in
    void done(long version, long known, VersionCache cache) {
        cache.put(table(), key, version, kind != Kind.REMOVE);
        answer(new WriteOutcome.Written(kind == Kind.REMOVE ? 0 : known));
    }
}
