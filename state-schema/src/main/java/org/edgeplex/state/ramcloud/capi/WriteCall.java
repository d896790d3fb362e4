package org.edgeplex.state.ramcloud.capi;

import java.time.Duration;
import java.util.List;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.ClusterFailures;
import org.edgeplex.state.ramcloud.PendingCalls;
import org.edgeplex.state.ramcloud.PendingOutcomes;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.edgeplex.state.ramcloud.Status;

/// Writes and removals, of which each goes into the library by itself.
final class WriteCall extends Call<List<WriteOutcome>> {
    private final List<ObjectWrite> writes;
    private final PendingOutcomes outcomes;

    WriteCall(List<ObjectWrite> writes, Duration timeout, PendingCalls calls) {
        super(writes.size(), timeout, calls);
        this.writes = writes;
        this.outcomes = new PendingOutcomes(writes.size());
    }

    ObjectWrite write(int index) {
        return writes.get(index);
    }

    /// @param version of the object that is there now, 0 for none
    void answer(int index, int status, long version) {
        ObjectWrite write = writes.get(index);
        switch (status) {
            case Status.OK -> outcomes.done(index, write, version);
            case Status.OBJECT_DOESNT_EXIST -> outcomes.set(index, new WriteOutcome.Conflict(0));
            case Status.OBJECT_EXISTS, Status.WRONG_VERSION ->
                    outcomes.set(index, new WriteOutcome.Conflict(version));
            case Status.TABLE_DOESNT_EXIST,
                    Status.UNIMPLEMENTED_REQUEST,
                    Status.REQUEST_FORMAT_ERROR,
                    Status.REQUEST_TOO_LARGE -> {
                endWith(ClusterFailures.refused("write", write.key().tableId(), status));
                return;
            }
            // The library gave up, or whatever else: nobody knows what the servers did.
            default ->
                    outcomes.set(
                            index,
                            new WriteOutcome.Unknown("RAMCloud's library: " + Status.name(status)));
        }
        answeredOne();
    }

    @Override
    protected List<WriteOutcome> result() {
        return outcomes.soFar("no answer");
    }

    @Override
    protected List<WriteOutcome> resultSoFar(String why) {
        return outcomes.soFar(why);
    }
}
