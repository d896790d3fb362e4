package org.edgeplex.state.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;

/// The search for an order of the operations on one object: depth first over (what is ordered, the
/// state behind it), and no such pair twice.
///
/// An operation may come next when nothing that is not yet ordered had ended before it began. One
/// without an answer may be left out for ever.
final class Search {
    /// An operation and the last moment at which it may have its effect: its answer, or the end of
    /// its incarnation.
    record Candidate(Operation operation, long deadline) {
        boolean isAnswered() {
            return operation.call().isAnswered();
        }
    }

    enum Result {
        FOUND,
        NONE,
        GIVEN_UP
    }

    private record Visited(BitSet ordered, KeyState state) {}

    /// One step of the order: which operation, and what was next to be tried before it.
    private record Step(int index, KeyState before, long lastInvokedBefore) {}

    private final List<Candidate> candidates;
    private final Map<Long, Operation> told = new HashMap<>();
    private final Set<Visited> visited = new HashSet<>();
    private final BitSet ordered = new BitSet();
    private final Deque<Step> steps = new ArrayDeque<>();
    private KeyState state = KeyState.ABSENT;
    private long lastInvoked = Long.MIN_VALUE;
    private int unordered;
    private List<Operation> longest = List.of();
    private List<Operation> refused = List.of();
    private KeyState longestState = KeyState.ABSENT;

    /// @param candidates sorted by the beginning
    Search(List<Candidate> candidates) {
        this.candidates = candidates;
        for (Candidate each : candidates) {
            unordered += each.isAnswered() ? 1 : 0;
            if (each.operation.call() instanceof Call.Wrote wrote
                    && wrote.write() instanceof Write.Put
                    && wrote.outcome() instanceof WriteOutcome.Written(long version)) {
                told.putIfAbsent(version, each.operation);
            }
        }
    }

    Result run(int triesMax) {
        int from = 0;
        visited.add(new Visited(new BitSet(), state));
        refused = mustFollow();
        while (unordered > 0) {
            int next = next(from);
            if (next >= 0) {
                from = 0;
                if (visited.size() > triesMax) {
                    return Result.GIVEN_UP;
                }
                note();
            } else if (steps.isEmpty()) {
                return Result.NONE;
            } else {
                from = undo() + 1;
            }
        }
        return Result.FOUND;
    }

    int tried() {
        return visited.size();
    }

    List<Operation> longest() {
        return longest;
    }

    KeyState longestState() {
        return longestState;
    }

    List<Operation> refused() {
        return refused;
    }

    /// Orders the first possible operation at or behind a place that leads to something new; -1
    /// when there is none. The places are those of the candidates with an answer, then those
    /// without: what nobody saw had most likely no effect yet.
    private int next(int from) {
        int size = candidates.size();
        long horizon = horizon();
        for (int place = from; place < 2 * size; place++) {
            int i = place % size;
            Candidate each = candidates.get(i);
            if (each.operation.invoked() > horizon) {
                // The places are sorted: only the second half may still have one.
                place = Math.max(place, size - 1);
                if (place >= size) {
                    return -1;
                }
            } else if (!ordered.get(i) && each.isAnswered() == place < size && follows(i)) {
                return place;
            }
        }
        return -1;
    }

    private boolean follows(int index) {
        Candidate candidate = candidates.get(index);
        if (candidate.deadline < lastInvoked) {
            return false;
        }
        Optional<KeyState> after = state.after(candidate.operation, told);
        if (after.isPresent() && isNew(index, after.get())) {
            order(index, after.get());
            return true;
        }
        return false;
    }

    /// The first end of what is not yet ordered and must be: nothing that began later may come
    /// next.
    private long horizon() {
        long horizon = Operation.NEVER;
        for (int i = ordered.nextClearBit(0);
                i < candidates.size() && candidates.get(i).operation.invoked() < horizon;
                i = ordered.nextClearBit(i + 1)) {
            if (candidates.get(i).isAnswered()) {
                horizon = Math.min(horizon, candidates.get(i).deadline);
            }
        }
        return horizon;
    }

    private boolean isNew(int index, KeyState after) {
        BitSet with = (BitSet) ordered.clone();
        with.set(index);
        return visited.add(new Visited(with, after));
    }

    private void order(int index, KeyState after) {
        steps.push(new Step(index, state, lastInvoked));
        ordered.set(index);
        state = after;
        Candidate candidate = candidates.get(index);
        lastInvoked = Math.max(lastInvoked, candidate.operation.invoked());
        unordered -= candidate.isAnswered() ? 1 : 0;
    }

    /// Returns the place of what is taken back.
    private int undo() {
        Step step = steps.pop();
        ordered.clear(step.index);
        state = step.before;
        lastInvoked = step.lastInvokedBefore;
        boolean isAnswered = candidates.get(step.index).isAnswered();
        unordered += isAnswered ? 1 : 0;
        return isAnswered ? step.index : candidates.size() + step.index;
    }

    /// Remembers the longest order, for the explanation.
    private void note() {
        if (steps.size() > longest.size()) {
            List<Operation> order = new ArrayList<>();
            steps.descendingIterator()
                    .forEachRemaining(step -> order.add(candidates.get(step.index).operation));
            longest = order;
            longestState = state;
            refused = mustFollow();
        }
    }

    private List<Operation> mustFollow() {
        long horizon = horizon();
        List<Operation> following = new ArrayList<>();
        for (int i = ordered.nextClearBit(0);
                i < candidates.size() && candidates.get(i).operation.invoked() <= horizon;
                i = ordered.nextClearBit(i + 1)) {
            if (candidates.get(i).isAnswered()) {
                following.add(candidates.get(i).operation);
            }
        }
        return following;
    }
}
