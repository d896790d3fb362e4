package org.edgeplex.ldp.wire;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;

/// One element of a FEC TLV: which packets a label is for (RFC 5036, section 3.4.1).
public sealed interface FecElement {
    /// All FECs bound to the label of the message, or all FECs; alone in its TLV.
    ///
    /// ```
    /// | Wildcard (0x01) |
    /// ```
    record Wildcard() implements FecElement {}

    /// An address prefix.
    ///
    /// ```
    ///  0                   1                   2                   3
    ///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    /// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    /// |  Prefix (2)   |     Address Family            |     PreLen    |
    /// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    /// |                 Prefix, ceil(PreLen / 8) octets               |
    /// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    /// ```
    record Prefix(Ipv4Prefix prefix) implements FecElement {}

    /// All FECs of one type and family (RFC 5918, section 3); here always IPv4 prefixes.
    ///
    /// ```
    /// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    /// | Typed Wc (5)  | FEC type (2)  | Length (2)    |  Address...   |
    /// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    /// | ...Family     |
    /// +-+-+-+-+-+-+-+-+
    /// ```
    record AllIpv4Prefixes() implements FecElement {}

    static void encode(List<FecElement> elements, OctetWriter out) {
        for (FecElement element : elements) {
            switch (element) {
                case Wildcard() -> out.u8(IanaLdp.FEC_WILDCARD);
                case Prefix(Ipv4Prefix(Ipv4Address address, int length)) -> {
                    out.u8(IanaLdp.FEC_PREFIX);
                    out.u16(IanaLdp.AFI_IPV4);
                    out.u8(length);
                    for (int i = 0; i < octets(length); i++) {
                        out.u8(address.bits() >>> (24 - 8 * i));
                    }
                }
                case AllIpv4Prefixes() -> {
                    out.u8(IanaLdp.FEC_TYPED_WILDCARD);
                    out.u8(IanaLdp.FEC_PREFIX);
                    out.u8(2);
                    out.u16(IanaLdp.AFI_IPV4);
                }
            }
        }
    }

    static List<FecElement> decode(OctetReader in) throws Refusal {
        List<FecElement> elements = new ArrayList<>();
        while (!in.isEmpty()) {
            int type = in.u8();
            elements.add(
                    switch (type) {
                        case IanaLdp.FEC_WILDCARD -> new Wildcard();
                        case IanaLdp.FEC_PREFIX -> decodePrefix(in);
                        case IanaLdp.FEC_TYPED_WILDCARD -> decodeTypedWildcard(in);
                        default ->
                                throw new Refusal(
                                        StatusCode.UNKNOWN_FEC, "FEC element type " + type);
                    });
        }
        if (elements.isEmpty()) {
            throw new Refusal(StatusCode.MALFORMED_TLV_VALUE, "FEC TLV without an element");
        }
        if (elements.size() > 1 && elements.contains(new Wildcard())) {
            throw new Refusal(StatusCode.MALFORMED_TLV_VALUE, "wildcard FEC is not alone");
        }
        return List.copyOf(elements);
    }

    private static Prefix decodePrefix(OctetReader in) throws Refusal {
        requireIpv4(in.u16());
        int length = in.u8();
        if (length > Ipv4Prefix.LENGTH_MAX) {
            throw new Refusal(StatusCode.MALFORMED_TLV_VALUE, "IPv4 prefix length " + length);
        }
        int bits = 0;
        for (int i = 0; i < octets(length); i++) {
            bits |= in.u8() << (24 - 8 * i);
        }
        // Bits behind the prefix are padding: RFC 5036, section 3.4.1, "padded to a byte boundary".
        return new Prefix(Ipv4Prefix.containing(new Ipv4Address(bits), length));
    }

    private static AllIpv4Prefixes decodeTypedWildcard(OctetReader in) throws Refusal {
        int type = in.u8();
        int length = in.u8();
        if (length > in.remaining()) {
            throw new Refusal(StatusCode.MALFORMED_TLV_VALUE, "typed wildcard length " + length);
        }
        OctetReader about = in.slice(length);
        if (type != IanaLdp.FEC_PREFIX) {
            throw new Refusal(StatusCode.UNKNOWN_FEC, "typed wildcard of FEC type " + type);
        }
        requireIpv4(about.u16());
        return new AllIpv4Prefixes();
    }

    private static void requireIpv4(int addressFamily) throws Refusal {
        if (addressFamily != IanaLdp.AFI_IPV4) {
            throw new Refusal(
                    StatusCode.UNSUPPORTED_ADDRESS_FAMILY, "address family " + addressFamily);
        }
    }

    private static int octets(int prefixLength) {
        return (prefixLength + 7) / 8;
    }
}
