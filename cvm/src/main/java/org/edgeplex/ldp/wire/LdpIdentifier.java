package org.edgeplex.ldp.wire;

import org.edgeplex.net.Ipv4Address;

/// Names an LSR and one of its label spaces; 0 is the platform-wide one (RFC 5036, section 2.2.2).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                         LSR Id (router id)                    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          Label space          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record LdpIdentifier(Ipv4Address lsrId, int labelSpace)
        implements Comparable<LdpIdentifier> {
    static final int BYTES = 6;

    public LdpIdentifier {
        if (labelSpace < 0 || labelSpace > 0xffff) {
            throw new IllegalArgumentException("label space out of range: " + labelSpace);
        }
    }

    /// The platform-wide label space of an LSR.
    public static LdpIdentifier platform(Ipv4Address lsrId) {
        return new LdpIdentifier(lsrId, 0);
    }

    /// Reads `10.0.0.1:0`.
    public static LdpIdentifier parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("not an LDP identifier: \"" + text + '"');
        }
        return new LdpIdentifier(
                Ipv4Address.parse(text.substring(0, colon)),
                Integer.parseInt(text.substring(colon + 1)));
    }

    void encode(OctetWriter out) {
        out.address(lsrId);
        out.u16(labelSpace);
    }

    static LdpIdentifier decode(OctetReader in) throws Refusal {
        return new LdpIdentifier(in.address(), in.u16());
    }

    @Override
    public int compareTo(LdpIdentifier other) {
        int byLsr = lsrId.compareTo(other.lsrId);
        return byLsr != 0 ? byLsr : Integer.compare(labelSpace, other.labelSpace);
    }

    @Override
    public String toString() {
        return lsrId + ":" + labelSpace;
    }
}
