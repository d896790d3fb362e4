package org.edgeplex.bgp.session;

import org.edgeplex.bgp.wire.Message;

/// Why a session, or an attempt at one, ended.
public sealed interface DownReason {
    /// Nothing has ended yet.
    record None() implements DownReason {
        @Override
        public String toString() {
            return "none";
        }
    }

    /// We said so: an error that we found, a timer, or the operator.
    record NotificationSent(Message.Notification notification, String detail)
            implements DownReason {
        @Override
        public String toString() {
            return "sent " + notification + (detail.isEmpty() ? "" : " (" + detail + ")");
        }
    }

    /// The peer said so.
    record NotificationReceived(Message.Notification notification) implements DownReason {
        @Override
        public String toString() {
            return "received " + notification;
        }
    }

    /// TCP could not connect, or the connection broke.
    record ConnectionFailed(String detail) implements DownReason {
        @Override
        public String toString() {
            return "connection failed: " + detail;
        }
    }
}
