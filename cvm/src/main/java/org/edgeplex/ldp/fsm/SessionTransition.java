package org.edgeplex.ldp.fsm;

import java.util.List;

/// The answer of the session machine to one event.
public record SessionTransition(SessionState next, List<SessionAction> actions) {
    static SessionTransition to(SessionState next, SessionAction... actions) {
        return new SessionTransition(next, List.of(actions));
    }
}
