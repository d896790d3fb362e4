package org.edgeplex.state.ramcloud.capi;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;

/// Writes and removals, of which each goes into the library by itself.
final class WriteCall extends Call<List<WriteOutcome>> {
    private static final WriteOutcome OPEN = new WriteOutcome.Unknown("no answer");
    private static final WriteOutcome REMOVED = new WriteOutcome.Written(0);

    private final List<ObjectWrite> writes;
    private final WriteOutcome[] results;

    WriteCall(List<ObjectWrite> writes, long deadlineNanos, Consumer<Call<?>> whenDone) {
        super(writes.size(), deadlineNanos, whenDone);
        this.writes = writes;
        this.results = new WriteOutcome[writes.size()];
        Arrays.fill(results, OPEN);
    }

    ObjectWrite write(int index) {
        return writes.get(index);
    }

    /// @param version of the object that is there now, 0 for none
    void answer(int index, int status, long version) {
        ObjectWrite write = writes.get(index);
        switch (status) {
            case Status.OK -> results[index] = done(write, version);
            case Status.OBJECT_DOESNT_EXIST -> results[index] = new WriteOutcome.Conflict(0);
            case Status.OBJECT_EXISTS, Status.WRONG_VERSION ->
                    results[index] = new WriteOutcome.Conflict(version);
            case Status.TABLE_DOESNT_EXIST,
                    Status.UNIMPLEMENTED_REQUEST,
                    Status.REQUEST_FORMAT_ERROR,
                    Status.REQUEST_TOO_LARGE -> {
                endWith(Failures.refused("write", write.key().tableId(), status));
                return;
            }
            // The library gave up, or whatever else: nobody knows what the servers did.
            default ->
                    results[index] =
                            new WriteOutcome.Unknown("RAMCloud's library: " + Status.name(status));
        }
        answeredOne();
    }

    private static WriteOutcome done(ObjectWrite write, long version) {
        return switch (write) {
            case ObjectWrite.Put _ -> new WriteOutcome.Written(version);
            case ObjectWrite.Remove _ -> REMOVED;
        };
    }

    @Override
    List<WriteOutcome> result() {
        return Collections.unmodifiableList(Arrays.asList(results));
    }

    /// What is not answered is unknown; what is answered stays so.
    @Override
    protected void expire(String why) {
        WriteOutcome unknown = new WriteOutcome.Unknown(why);
        WriteOutcome[] known = results.clone();
        for (int i = 0; i < known.length; i++) {
            if (known[i].equals(OPEN)) {
                known[i] = unknown;
            }
        }
        future().complete(Collections.unmodifiableList(Arrays.asList(known)));
    }
}
