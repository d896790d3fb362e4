package org.edgeplex.state.ramcloud;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.edgeplex.state.WriteOutcome;
import org.jspecify.annotations.Nullable;

/// What became of the writes of a call, as it becomes known; for transports.
public final class PendingOutcomes {
    private static final WriteOutcome REMOVED = new WriteOutcome.Written(0);

    private final @Nullable WriteOutcome[] outcomes;

    public PendingOutcomes(int count) {
        outcomes = new @Nullable WriteOutcome[count];
    }

    public void set(int index, WriteOutcome outcome) {
        outcomes[index] = outcome;
    }

    /// It was done. A removal leaves nothing that has a version.
    public void done(int index, RamcloudClient.ObjectWrite write, long version) {
        outcomes[index] =
                switch (write) {
                    case RamcloudClient.ObjectWrite.Put _ -> new WriteOutcome.Written(version);
                    case RamcloudClient.ObjectWrite.Remove _ -> REMOVED;
                };
    }

    public boolean isConflict(int index) {
        return outcomes[index] instanceof WriteOutcome.Conflict;
    }

    /// What is not answered is unknown; what is answered stays so.
    ///
    /// @param why there is no answer
    public List<WriteOutcome> soFar(String why) {
        WriteOutcome unknown = new WriteOutcome.Unknown(why);
        WriteOutcome[] known = new WriteOutcome[outcomes.length];
        for (int i = 0; i < known.length; i++) {
            WriteOutcome outcome = outcomes[i];
            known[i] = outcome == null ? unknown : outcome;
        }
        return Collections.unmodifiableList(Arrays.asList(known));
    }
}
