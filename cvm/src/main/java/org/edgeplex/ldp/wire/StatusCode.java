package org.edgeplex.ldp.wire;

import java.util.Optional;

/// Status codes of RFC 5036, section 3.9, each with its E bit: fatal ones end the session.
public enum StatusCode {
    SUCCESS(0x00, false),
    BAD_LDP_IDENTIFIER(0x01, true),
    BAD_PROTOCOL_VERSION(0x02, true),
    BAD_PDU_LENGTH(0x03, true),
    UNKNOWN_MESSAGE_TYPE(0x04, false),
    BAD_MESSAGE_LENGTH(0x05, true),
    UNKNOWN_TLV(0x06, false),
    BAD_TLV_LENGTH(0x07, true),
    MALFORMED_TLV_VALUE(0x08, true),
    HOLD_TIMER_EXPIRED(0x09, true),
    SHUTDOWN(0x0a, true),
    LOOP_DETECTED(0x0b, false),
    UNKNOWN_FEC(0x0c, false),
    NO_ROUTE(0x0d, false),
    NO_LABEL_RESOURCES(0x0e, false),
    LABEL_RESOURCES_AVAILABLE(0x0f, false),
    SESSION_REJECTED_NO_HELLO(0x10, true),
    SESSION_REJECTED_ADVERTISEMENT_MODE(0x11, true),
    SESSION_REJECTED_MAX_PDU_LENGTH(0x12, true),
    SESSION_REJECTED_LABEL_RANGE(0x13, true),
    KEEP_ALIVE_TIMER_EXPIRED(0x14, true),
    LABEL_REQUEST_ABORTED(0x15, false),
    MISSING_MESSAGE_PARAMETERS(0x16, false),
    UNSUPPORTED_ADDRESS_FAMILY(0x17, false),
    SESSION_REJECTED_BAD_KEEP_ALIVE_TIME(0x18, true),
    INTERNAL_ERROR(0x19, true);

    private final int code;
    private final boolean fatal;

    StatusCode(int code, boolean fatal) {
        this.code = code;
        this.fatal = fatal;
    }

    public int code() {
        return code;
    }

    public boolean isFatal() {
        return fatal;
    }

    /// Whether the peer refuses our Initialization as such: retry slowly (RFC 5036, section 2.5.3).
    public boolean rejectsSession() {
        return code >= 0x10 && code <= 0x13 || code == 0x18;
    }

    public static Optional<StatusCode> of(int code) {
        for (StatusCode known : values()) {
            if (known.code == code) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
