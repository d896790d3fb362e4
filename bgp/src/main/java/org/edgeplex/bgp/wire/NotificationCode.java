package org.edgeplex.bgp.wire;

/// Error codes of NOTIFICATION (RFC 4271, section 4.5; RFC 9687 for the last).
public enum NotificationCode {
    MESSAGE_HEADER_ERROR(1),
    OPEN_MESSAGE_ERROR(2),
    UPDATE_MESSAGE_ERROR(3),
    HOLD_TIMER_EXPIRED(4),
    FINITE_STATE_MACHINE_ERROR(5),
    CEASE(6),
    ROUTE_REFRESH_MESSAGE_ERROR(7),
    SEND_HOLD_TIMER_EXPIRED(8);

    private final int code;

    NotificationCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
