package org.edgeplex.ldp.fsm;

import org.edgeplex.ldp.wire.Status;
import org.edgeplex.ldp.wire.StatusCode;

/// Why a session ended: data for operators, and for how soon to try again.
public sealed interface SessionDownReason {
    /// The peer refused or ended it with a Notification.
    record PeerNotified(int statusCode) implements SessionDownReason {
        /// Whether it was our Initialization that the peer did not like.
        public boolean rejectsSession() {
            return StatusCode.of(statusCode).map(StatusCode::rejectsSession).orElse(false);
        }

        @Override
        public String toString() {
            return "peer sent " + new Status(true, false, statusCode, 0, 0).describe();
        }
    }

    /// We ended it, and said so with this status.
    record WeNotified(StatusCode status) implements SessionDownReason {
        @Override
        public String toString() {
            return "we sent " + status;
        }
    }

    record ConnectionLost() implements SessionDownReason {
        @Override
        public String toString() {
            return "connection lost";
        }
    }
}
