package org.edgeplex.controller.intent;

import org.edgeplex.state.record.Lifecycle;

/// An intent as the store has it.
///
/// @param generation raised by each change; the entity tag of the API
public record Held<T>(T intent, long generation, Lifecycle lifecycle) {
    public boolean isWithdrawing() {
        return lifecycle == Lifecycle.WITHDRAWING;
    }
}
