package org.edgeplex.state.ramcloud.wire;

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
            case Protocol.STATUS_RETRY -> RETRY;
            case Protocol.STATUS_UNKNOWN_TABLET,
                    Protocol.STATUS_WRONG_SERVER,
                    Protocol.STATUS_SERVER_NOT_UP,
                    Protocol.STATUS_SERVICE_NOT_AVAILABLE ->
                    REROUTE;
            case Protocol.STATUS_EXPIRED_LEASE -> NEW_LEASE;
            default -> DONE;
        };
    }
}
