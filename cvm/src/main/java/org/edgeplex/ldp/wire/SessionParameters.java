package org.edgeplex.ldp.wire;

/// The Common Session Parameters TLV: what the sender of an Initialization proposes (RFC 5036,
/// 3.5.3).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0|0| Common Sess Parms (0x0500)|      Length                   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | Protocol Version              |      KeepAlive Time           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |A|D|  Reserved |     PVLim     |      Max PDU Length           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                 Receiver LDP Identifier                       |
/// +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record SessionParameters(
        int protocolVersion,
        int keepAliveTimeSeconds,
        boolean downstreamOnDemand,
        boolean loopDetection,
        int pathVectorLimit,
        int maxPduLengthBytes,
        LdpIdentifier receiver)
        implements Tlv {
    private static final int ON_DEMAND = 0x80;
    private static final int LOOP_DETECTION = 0x40;

    public SessionParameters {
        if (protocolVersion >>> 16 != 0
                || keepAliveTimeSeconds >>> 16 != 0
                || pathVectorLimit >>> 8 != 0
                || maxPduLengthBytes >>> 16 != 0) {
            throw new IllegalArgumentException("session parameter does not fit its field");
        }
    }

    /// What we propose: downstream unsolicited, no loop detection.
    public static SessionParameters propose(
            int keepAliveTimeSeconds, int maxPduLengthBytes, LdpIdentifier receiver) {
        return new SessionParameters(
                IanaLdp.PROTOCOL_VERSION,
                keepAliveTimeSeconds,
                false,
                false,
                0,
                maxPduLengthBytes,
                receiver);
    }

    void encode(OctetWriter out) {
        out.u16(protocolVersion);
        out.u16(keepAliveTimeSeconds);
        out.u8((downstreamOnDemand ? ON_DEMAND : 0) | (loopDetection ? LOOP_DETECTION : 0));
        out.u8(pathVectorLimit);
        out.u16(maxPduLengthBytes);
        receiver.encode(out);
    }

    static SessionParameters decode(OctetReader in) throws Refusal {
        int version = in.u16();
        int keepAliveTimeSeconds = in.u16();
        int flags = in.u8();
        return new SessionParameters(
                version,
                keepAliveTimeSeconds,
                (flags & ON_DEMAND) != 0,
                (flags & LOOP_DETECTION) != 0,
                in.u8(),
                in.u16(),
                LdpIdentifier.decode(in));
    }
}
