package org.edgeplex.bgp.fsm;

import java.util.List;

/// The next state, which may be the same, and what to do on the way there.
public record Transition(State next, List<Action> actions) {
    public Transition {
        actions = List.copyOf(actions);
    }

    static Transition to(State next, Action... actions) {
        return new Transition(next, List.of(actions));
    }
}
