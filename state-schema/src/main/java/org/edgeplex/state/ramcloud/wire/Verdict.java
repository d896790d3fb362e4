package org.edgeplex.state.ramcloud.wire;

import org.edgeplex.state.ramcloud.Status;

/// What one answer means for one operation.
enum Verdict {
    /// The operation has its result.
    DONE,
    /// Part of it is done: go on at once.
    CONTINUE,
    /// Not now: again after a while.
    RETRY,
    /// Not here: ask the coordinator where, then again.
    REROUTE,
    /// The lease is over: again with a new one.
    NEW_LEASE;

    /// Of an answer with this status; [#DONE] where it is for the operation to say.
    static Verdict of(int status) {
        return switch (status) {
            case Status.RETRY -> RETRY;
            case Status.UNKNOWN_TABLET,
                    Status.WRONG_SERVER,
                    Status.SERVER_NOT_UP,
                    Status.SERVICE_NOT_AVAILABLE ->
                    REROUTE;
            case Status.EXPIRED_LEASE -> NEW_LEASE;
            default -> DONE;
        };
    }
}
