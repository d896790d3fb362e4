package org.edgeplex.state.redis;

import java.util.ArrayList;
import java.util.List;

/// Calls that are over and whose users have not been told: that is done outside of the guard.
final class FinishedCalls {
    private final List<Call> calls = new ArrayList<>();

    void add(Call call) {
        calls.add(call);
    }

    /// Something was done with a call: it may be over now.
    void addIfOver(Call call, boolean wasOver) {
        if (!wasOver && call.isOver()) {
            calls.add(call);
        }
    }

    void giveUp(Call call, String why) {
        if (!call.isOver()) {
            call.giveUp(why);
            calls.add(call);
        }
    }

    /// Returns whether the call is over, now or before.
    boolean expire(Call call, long nowNanos, String why) {
        if (nowNanos - call.deadlineNanos >= 0) {
            giveUp(call, why);
        }
        return call.isOver();
    }

    void drainInto(List<Call> target) {
        target.addAll(calls);
        calls.clear();
    }
}
