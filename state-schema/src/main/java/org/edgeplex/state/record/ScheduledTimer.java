package org.edgeplex.state.record;

import org.edgeplex.state.Bytes;
import org.edgeplex.state.RecordCodec;

/// Something that is to happen at a time, at just one of the instances that live then.
///
/// Writer: who schedules it; the owner of its shard marks and removes it. Invariants: rewritten on
/// the version that was read only; a timer that was claimed is neither cancelled nor moved.
///
/// @param dueMillis since 1970
/// @param action what is to happen, a word that the handler knows
/// @param argument of the action
/// @param claimedEpoch the epoch of the shard's owner that acts or acted on it; 0: not yet due
public record ScheduledTimer(long dueMillis, String action, Bytes argument, long claimedEpoch) {
    public static final RecordCodec<ScheduledTimer> CODEC =
            RecordCodec.of(
                    (out, timer) ->
                            out.i64(timer.dueMillis)
                                    .text(timer.action)
                                    .bytes(timer.argument)
                                    .i64(timer.claimedEpoch),
                    in -> new ScheduledTimer(in.i64(), in.text(), in.bytes().compact(), in.i64()));

    public boolean isClaimed() {
        return claimedEpoch != 0;
    }

    public ScheduledTimer claimedBy(long epoch) {
        return new ScheduledTimer(dueMillis, action, argument, epoch);
    }

    public ScheduledTimer dueAt(long millis) {
        return new ScheduledTimer(millis, action, argument, claimedEpoch);
    }
}
