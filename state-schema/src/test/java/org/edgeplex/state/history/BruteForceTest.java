package org.edgeplex.state.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.junit.jupiter.api.Test;

/// The checker against every order of every selection of tiny histories, most of which nothing
/// explains.
class BruteForceTest {
    private static final int HISTORIES = 4_000;
    private static final int OPERATIONS_MAX = 5;
    private static final int VERSIONS = 3;

    @Test
    void theSearchAgreesWithTryingEveryOrder() {
        SplittableRandom random = new SplittableRandom(25);
        int linearizable = 0;
        for (int i = 0; i < HISTORIES; i++) {
            List<Operation> history = history(random);
            boolean expected = explains(history, new ArrayList<>(), Bytes.EMPTY, 0);
            boolean found = Linearizability.check(history) instanceof Verdict.Linearizable;
            assertEquals(expected, found, () -> "history " + history);
            linearizable += found ? 1 : 0;
        }
        assertTrue(linearizable > HISTORIES / 20, "linearizable: " + linearizable);
        assertTrue(linearizable < HISTORIES - HISTORIES / 20, "linearizable: " + linearizable);
    }

    /// Whether the rest can be put in order behind what is in order, or left out. What an
    /// unanswered write gives the object as version is tried as well.
    private static boolean explains(
            List<Operation> rest, List<Operation> ordered, Bytes value, long version) {
        if (rest.stream().noneMatch(each -> each.call().isAnswered())) {
            return true;
        }
        for (Operation next : rest) {
            if (rest.stream()
                    .filter(each -> each.call().isAnswered())
                    .anyMatch(each -> each.returned() < next.invoked())) {
                continue;
            }
            List<Operation> others = new ArrayList<>(rest);
            others.remove(next);
            List<Operation> with = new ArrayList<>(ordered);
            with.add(next);
            if (next.call() instanceof Call.Wrote(Write.Put put, WriteOutcome.Unknown(_))
                    ? unknownExplains(others, with, put, version)
                    : answeredExplains(others, with, next.call(), value, version)) {
                return true;
            }
        }
        return false;
    }

    private static boolean unknownExplains(
            List<Operation> others, List<Operation> with, Write.Put put, long version) {
        if (!holds(put.expect(), version)) {
            return false;
        }
        for (long given = 1; given <= VERSIONS + 1; given++) {
            if (!isTold(others, given)
                    && !isTold(with, given)
                    && explains(others, with, put.value(), given)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTold(List<Operation> operations, long version) {
        return operations.stream()
                .anyMatch(each ->
                        each.call() instanceof Call.Wrote(_, WriteOutcome.Written(long told))
                                && told == version);
    }

    private static boolean answeredExplains(
            List<Operation> others, List<Operation> with, Call call, Bytes value, long version) {
        return switch (call) {
            case Call.Read(_, _, Lookup.Found(Bytes found, long shown)) ->
                    found.equals(value)
                            && shown == version
                            && explains(others, with, value, version);
            case Call.Read(_, _, Lookup.Absent()) ->
                    version == 0 && explains(others, with, value, version);
            case Call.Wrote(Write.Put put, WriteOutcome.Written(long given)) ->
                    holds(put.expect(), version) && explains(others, with, put.value(), given);
            case Call.Wrote(Write write, WriteOutcome.Conflict(long current)) ->
                    !holds(write.expect(), version)
                            && current == version
                            && explains(others, with, value, version);
            default -> throw new IllegalArgumentException("not made here: " + call);
        };
    }

    private static boolean holds(Expect expect, long version) {
        return switch (expect) {
            case Expect.Any() -> true;
            case Expect.Absent() -> version == 0;
            case Expect.Version(long expected) -> version != 0 && version == expected;
        };
    }

    private static List<Operation> history(SplittableRandom random) {
        int size = random.nextInt(2, OPERATIONS_MAX + 1);
        List<Integer> events = new ArrayList<>();
        for (int i = 0; i < 2 * size; i++) {
            events.add(random.nextInt(events.size() + 1), i % size);
        }
        int nextVersion = 1;
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Call call = call(random, nextVersion);
            if (call instanceof Call.Wrote(_, WriteOutcome.Written _)) {
                nextVersion++;
            }
            long returned = call.isAnswered() ? events.lastIndexOf(i) : Operation.NEVER;
            operations.add(new Operation("p" + i, call, events.indexOf(i), returned));
        }
        operations.sort((a, b) -> Long.compare(a.invoked(), b.invoked()));
        return operations;
    }

    private static Call call(SplittableRandom random, int nextVersion) {
        Bytes key = Bytes.utf8("k");
        Bytes value = Bytes.utf8(random.nextBoolean() ? "a" : "b");
        long version = random.nextInt(1, VERSIONS + 1);
        Expect expect =
                switch (random.nextInt(3)) {
                    case 0 -> Expect.ANY;
                    case 1 -> Expect.ABSENT;
                    default -> new Expect.Version(version);
                };
        Write write = new Write.Put(Told.TABLE, key, value, expect, Told.ANYONE);
        return switch (random.nextInt(6)) {
            case 0 -> new Call.Read(Told.TABLE, key, Lookup.ABSENT);
            case 1 -> new Call.Read(Told.TABLE, key, new Lookup.Found(value, version));
            case 2 -> new Call.Wrote(write, new WriteOutcome.Unknown("none"));
            case 3 -> new Call.Wrote(write, new WriteOutcome.Conflict(version - 1));
            default ->
                    nextVersion > VERSIONS
                            ? new Call.Read(Told.TABLE, key, Lookup.ABSENT)
                            : new Call.Wrote(write, new WriteOutcome.Written(nextVersion));
        };
    }
}
