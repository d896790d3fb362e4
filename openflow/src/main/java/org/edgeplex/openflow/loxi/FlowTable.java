package org.edgeplex.openflow.loxi;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeplex.openflow.Flow;
import org.edgeplex.openflow.FlowDiff;
import org.edgeplex.openflow.SwitchOutcome;

/// What is done with the flows of a connected switch: read them all, change some at once.
final class FlowTable {
    private final OpenFlowConnection connection;
    private final Duration timeout;

    FlowTable(OpenFlowConnection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    SwitchOutcome<List<ObservedFlow>> read() {
        SwitchOutcome<List<Frame>> answers =
                connection.exchange(
                        2,
                        xid -> List.of(Messages.flowStatsRequest(xid), Messages.barrier(xid + 1)),
                        timeout);
        return answers.then(FlowTable::readAnswers);
    }

    private static SwitchOutcome<List<ObservedFlow>> readAnswers(List<Frame> answers) {
        try {
            List<ObservedFlow> flows = FlowTableReader.read(answers);
            return withoutError(answers).map(_ -> flows);
        } catch (IOException e) {
            return new SwitchOutcome.Refused<>(String.valueOf(e.getMessage()));
        }
    }

    /// Everything in `diff` in one bundle, which the switch takes atomically and in order (OpenFlow
    /// 1.4.0, section 6.8), and a barrier. `Refused` if it took none of it.
    ///
    /// In two steps, because a message that the switch does not let into the bundle (an action it
    /// finds bad, say) does not spoil the rest: a commit right behind would commit the others.
    ///
    /// @param observed the flows that the diff was made from
    SwitchOutcome<FlowDiff> change(FlowDiff diff, List<ObservedFlow> observed) {
        Map<Flow, ObservedFlow> seen = new HashMap<>();
        observed.forEach(flow -> seen.put(flow.entry().flow(), flow));
        int changes = diff.adds().size() + diff.modifies().size() + diff.deletes().size();
        int bundleId = connection.newBundleId();
        SwitchOutcome<Boolean> filled =
                connection
                        // Open, the changes, barrier.
                        .exchange(changes + 2, xid -> fill(bundleId, diff, seen, xid), timeout)
                        .then(FlowTable::withoutError);
        return switch (filled) {
            case SwitchOutcome.Done<Boolean> _ ->
                    connection
                            .exchange(2, xid -> commit(bundleId, xid), timeout)
                            .then(answers -> committed(answers, diff));
            case SwitchOutcome.Refused<Boolean>(String error) -> {
                // Best effort: the switch forgets an idle bundle by itself.
                connection.exchange(2, xid -> discard(bundleId, xid), timeout);
                yield new SwitchOutcome.Refused<>(error);
            }
            // Not committed: whatever it got, it drops.
            case SwitchOutcome.Unanswered<Boolean>(String reason) ->
                    new SwitchOutcome.Unreachable<>(reason);
            case SwitchOutcome.Unreachable<Boolean>(String reason) ->
                    new SwitchOutcome.Unreachable<>(reason);
        };
    }

    private static List<byte[]> fill(
            int bundleId, FlowDiff diff, Map<Flow, ObservedFlow> seen, int firstXid) {
        int xid = firstXid;
        List<byte[]> messages = new ArrayList<>();
        messages.add(Messages.bundleOpen(xid++, bundleId));
        for (Flow flow : diff.modifies()) {
            messages.add(Messages.bundleAdd(bundleId, FlowCodec.modifyStrict(flow, xid++)));
        }
        for (Flow flow : diff.adds()) {
            messages.add(Messages.bundleAdd(bundleId, FlowCodec.add(flow, xid++)));
        }
        for (Flow flow : diff.deletes()) {
            ObservedFlow observed = seen.get(flow);
            if (observed == null) {
                throw new IllegalArgumentException("to be deleted but not observed: " + flow);
            }
            messages.add(Messages.bundleAdd(bundleId, FlowCodec.deleteStrict(observed, xid++)));
        }
        messages.add(Messages.barrier(xid));
        return messages;
    }

    private static List<byte[]> commit(int bundleId, int xid) {
        return List.of(Messages.bundleCommit(xid, bundleId), Messages.barrier(xid + 1));
    }

    private static List<byte[]> discard(int bundleId, int xid) {
        return List.of(Messages.bundleDiscard(xid, bundleId), Messages.barrier(xid + 1));
    }

    private static SwitchOutcome<Boolean> withoutError(List<Frame> answers) {
        for (Frame answer : answers) {
            if (answer.type() == Frame.ERROR) {
                return new SwitchOutcome.Refused<>(Messages.errorText(answer));
            }
        }
        return new SwitchOutcome.Done<>(true);
    }

    private static SwitchOutcome<FlowDiff> committed(List<Frame> answers, FlowDiff diff) {
        return withoutError(answers)
                .then(_ ->
                        answers.stream().anyMatch(Messages::isCommitReply)
                                ? new SwitchOutcome.Done<>(diff)
                                : new SwitchOutcome.Unanswered<>("no reply to the commit"));
    }
}
