package org.edgeplex.ldp.wire;

/// The Status TLV: what happened, and which message of the receiver caused it (RFC 5036, 3.4.6).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |U|F| Status (0x0300)           |      Length                   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |E|F|                 Status Data                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                     Message ID (0: none)                      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |      Message Type (0: none)   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// `code` is any 30-bit number: a peer may know more codes than we do.
public record Status(boolean fatal, boolean forward, int code, int messageId, int messageType)
        implements Tlv {
    private static final int FATAL = 1 << 31;
    private static final int FORWARD = 1 << 30;

    public Status {
        if (code >>> 30 != 0 || messageType >>> 16 != 0) {
            throw new IllegalArgumentException("status does not fit its fields: " + code);
        }
    }

    /// A status about no message in particular.
    public static Status of(StatusCode code) {
        return about(code, 0, 0);
    }

    public static Status about(StatusCode code, int messageId, int messageType) {
        return new Status(code.isFatal(), false, code.code(), messageId, messageType);
    }

    void encode(OctetWriter out) {
        out.u32((fatal ? FATAL : 0) | (forward ? FORWARD : 0) | code);
        out.u32(messageId);
        out.u16(messageType);
    }

    static Status decode(OctetReader in) throws Refusal {
        int word = in.u32();
        return new Status(
                (word & FATAL) != 0,
                (word & FORWARD) != 0,
                word & ~(FATAL | FORWARD),
                in.u32(),
                in.u16());
    }

    /// For logs: the standard's name where there is one.
    public String describe() {
        String name = StatusCode.of(code).map(StatusCode::name).orElse("code");
        return name + " (0x" + Integer.toHexString(code) + (fatal ? ", fatal)" : ")");
    }
}
