package org.edgeplex.state.history;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.record.Lease;

/// A history as a test tells it: `put(1, 4, ...)` began at 1 and was answered at 4. Moments are
/// doubled inside, so that a test may use the same number for an end and a beginning.
final class Told {
    static final TableId TABLE = new TableId(99, "test");
    static final int NEVER = Integer.MAX_VALUE;
    static final Incarnation ANYONE = Incarnation.UNFENCED;

    private final List<Operation> operations = new ArrayList<>();

    static WriteOutcome written(long version) {
        return new WriteOutcome.Written(version);
    }

    static WriteOutcome unknown() {
        return new WriteOutcome.Unknown("no answer");
    }

    static Expect version(long version) {
        return new Expect.Version(version);
    }

    static Incarnation life(long epoch) {
        return new Incarnation("h", epoch);
    }

    Told put(int from, int to, String value, Expect expect, Incarnation by, WriteOutcome outcome) {
        Write write = new Write.Put(TABLE, Bytes.utf8("k"), Bytes.utf8(value), expect, by);
        return add(from, to, new Call.Wrote(write, outcome));
    }

    Told put(int from, int to, String value, WriteOutcome outcome) {
        return put(from, to, value, Expect.ANY, ANYONE, outcome);
    }

    Told put(int from, int to, String value, Expect expect, WriteOutcome outcome) {
        return put(from, to, value, expect, ANYONE, outcome);
    }

    Told remove(int from, int to, Expect expect, WriteOutcome outcome) {
        Write write = new Write.Remove(TABLE, Bytes.utf8("k"), expect, ANYONE);
        return add(from, to, new Call.Wrote(write, outcome));
    }

    Told found(int from, int to, String value, long version) {
        return found(from, to, Bytes.utf8(value), version);
    }

    Told counted(int from, int to, long value, long version) {
        return found(from, to, EngineRules.counter(value), version);
    }

    private Told found(int from, int to, Bytes value, long version) {
        Lookup found = new Lookup.Found(value, version);
        return add(from, to, new Call.Read(TABLE, Bytes.utf8("k"), found));
    }

    Told absent(int from, int to) {
        return add(from, to, new Call.Read(TABLE, Bytes.utf8("k"), Lookup.ABSENT));
    }

    Told sum(int from, int to, long delta, OptionalLong sum) {
        return add(from, to, new Call.Added(TABLE, Bytes.utf8("k"), delta, sum));
    }

    Told claim(int from, int to, long epoch) {
        Write claim = Tables.LEASES.put("h", new Lease(epoch, 0, "test"), Expect.ANY, ANYONE);
        return add(from, to, new Call.Wrote(claim, written(1_000 + epoch)));
    }

    private Told add(int from, int to, Call call) {
        long returned = to == NEVER ? Operation.NEVER : 2L * to;
        operations.add(new Operation("p" + operations.size(), call, 2L * from + 1, returned));
        return this;
    }

    List<Operation> operations() {
        return operations.stream()
                .sorted((a, b) -> Long.compare(a.invoked(), b.invoked()))
                .toList();
    }

    Verdict verdict() {
        return Linearizability.check(operations());
    }
}
