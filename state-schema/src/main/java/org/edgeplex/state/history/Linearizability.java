package org.edgeplex.state.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.record.Lease;

/// Judges a history, object by object: is there an order of its operations that agrees with the
/// clock and explains every answer?
///
/// Fencing is part of it: a write of an incarnation must have had its effect before the claim of a
/// later one returned. So a write that a fenced process left behind in some queue is found by the
/// reads on both sides of it.
public final class Linearizability {
    /// How much of the search is tried for one object before it is given up.
    public static final int TRIES_MAX = 200_000;

    private record Key(TableId table, Bytes key) {}

    /// When a lease that was written had an answer.
    private record Claim(long epoch, long returned) {}

    private final int triesMax;
    private final Map<String, List<Claim>> claims = new LinkedHashMap<>();

    private Linearizability(List<Operation> operations, int triesMax) {
        this.triesMax = triesMax;
        for (Operation each : operations) {
            if (each.call() instanceof Call.Wrote(Write.Put put, WriteOutcome.Written(long _))
                    && put.table().equals(Tables.LEASES.id())) {
                String holder = Tables.LEASES.decodeKey(put.key());
                Claim claim = new Claim(Lease.epochOf(put.value()), each.returned());
                claims.computeIfAbsent(holder, _ -> new ArrayList<>()).add(claim);
            }
        }
    }

    public static Verdict check(List<Operation> history) {
        return check(history, TRIES_MAX);
    }

    /// Returns the first violation, or what could not be decided, or that all is well.
    ///
    /// @param history of objects that did not exist before it
    public static Verdict check(List<Operation> history, int triesMax) {
        List<Operation> inOrder = new ArrayList<>(history);
        inOrder.sort(Comparator.comparingLong(Operation::invoked));
        Map<Key, List<Operation>> byKey = new LinkedHashMap<>();
        for (Operation each : inOrder) {
            Key key = new Key(each.call().table(), each.call().key());
            byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(each);
        }
        Linearizability checker = new Linearizability(history, triesMax);
        Verdict worst = new Verdict.Linearizable();
        for (Map.Entry<Key, List<Operation>> each : byKey.entrySet()) {
            Verdict verdict = checker.checkKey(each.getKey(), each.getValue());
            if (verdict instanceof Verdict.Violation) {
                return verdict;
            }
            worst = verdict instanceof Verdict.Undecided ? verdict : worst;
        }
        return worst;
    }

    private Verdict checkKey(Key key, List<Operation> operations) {
        Search search = search(operations);
        return switch (search.run(triesMax)) {
            case FOUND -> new Verdict.Linearizable();
            case GIVEN_UP -> new Verdict.Undecided(key.table, key.key, search.tried());
            case NONE -> explain(key, withoutReads(untilUnexplained(operations)));
        };
    }

    private Search search(List<Operation> operations) {
        return new Search(
                operations.stream()
                        .map(each -> new Search.Candidate(each, deadline(each)))
                        .toList());
    }

    private boolean isUnexplained(List<Operation> operations) {
        return search(operations).run(triesMax) == Search.Result.NONE;
    }

    /// The last moment at which an operation may have its effect.
    private long deadline(Operation operation) {
        Incarnation writer = operation.call().writer();
        boolean changesNothing =
                operation.call() instanceof Call.Wrote wrote
                        && (wrote.outcome() instanceof WriteOutcome.Fenced
                                || wrote.outcome() instanceof WriteOutcome.Conflict);
        if (!writer.isFenced() || changesNothing) {
            return operation.returned();
        }
        long deadline = operation.returned();
        for (Claim claim : claims.getOrDefault(writer.holder(), List.of())) {
            if (claim.epoch > writer.epoch()) {
                deadline = Math.min(deadline, claim.returned);
            }
        }
        return deadline;
    }

    private Verdict.Violation explain(Key key, List<Operation> operations) {
        Search search = search(operations);
        search.run(triesMax);
        return new Verdict.Violation(
                key.table,
                key.key,
                operations,
                search.longest(),
                search.longestState().toString(),
                search.refused());
    }

    /// The shortest beginning of the history that has no explanation: found by halving, since a
    /// beginning of what can be explained can be.
    private List<Operation> untilUnexplained(List<Operation> operations) {
        long[] ends = operations.stream().mapToLong(Operation::returned).sorted().toArray();
        int explained = -1;
        int unexplained = ends.length - 1;
        while (unexplained - explained > 1) {
            int middle = (explained + unexplained) >>> 1;
            if (isUnexplained(until(ends[middle], operations))) {
                unexplained = middle;
            } else {
                explained = middle;
            }
        }
        return until(ends[unexplained], operations);
    }

    private static List<Operation> until(long end, List<Operation> operations) {
        List<Operation> begun = new ArrayList<>();
        for (Operation each : operations) {
            if (each.returned() <= end) {
                begun.add(each);
            } else if (each.invoked() < end) {
                History.unanswered(each.call())
                        .map(call ->
                                new Operation(each.by(), call, each.invoked(), Operation.NEVER))
                        .ifPresent(begun::add);
            }
        }
        return begun;
    }

    /// What only looks takes away explanations and gives none: leave out all that is not needed.
    private List<Operation> withoutReads(List<Operation> operations) {
        List<Operation> kept = new ArrayList<>(operations);
        for (Operation each : operations) {
            if (History.unanswered(each.call()).isEmpty()) {
                List<Operation> fewer = new ArrayList<>(kept);
                fewer.remove(each);
                kept = isUnexplained(fewer) ? fewer : kept;
            }
        }
        return kept;
    }
}
