package org.edgeplex.bgp.wire;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.net.RouteDistinguisher;

/// Routes as they stand in NLRI and withdrawn routes fields.
///
/// ```
///   IPv4:     | length in bits (1) | prefix (0..4) |
///   VPN-IPv4: | length in bits (1) | label, 3 bits, S (3) | route distinguisher (8) | prefix |
/// ```
///
/// A withdrawal says 0x800000 for the label, and any value is accepted (RFC 8277, section 2.4).
final class NlriCodec {
    private static final int LABEL_BITS = 24;
    private static final int RD_BITS = 64;
    private static final int WITHDRAWN_LABEL = 0x800000;
    private static final int BOTTOM_OF_STACK = 1;

    private NlriCodec() {}

    /// The routes cannot be told apart: nothing after this place can be trusted.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final String detail;

        Malformed(String detail) {
            super(detail, null, false, false);
            this.detail = detail;
        }

        String detail() {
            return detail;
        }
    }

    static byte[] encode(Reachable route) {
        OctetWriter out = new OctetWriter();
        switch (route) {
            case Reachable.Unlabeled(Nlri.Ipv4(Ipv4Prefix prefix)) -> {
                out.u8(prefix.length());
                encodePrefix(out, prefix);
            }
            case Reachable.Labeled(Nlri.VpnIpv4 nlri, MplsLabel label) ->
                    encodeVpn(out, label.value() << 4 | BOTTOM_OF_STACK, nlri);
        }
        return out.toBytes();
    }

    static byte[] encodeWithdrawn(Nlri route) {
        OctetWriter out = new OctetWriter();
        switch (route) {
            case Nlri.Ipv4(Ipv4Prefix prefix) -> {
                out.u8(prefix.length());
                encodePrefix(out, prefix);
            }
            case Nlri.VpnIpv4 nlri -> encodeVpn(out, WITHDRAWN_LABEL, nlri);
        }
        return out.toBytes();
    }

    private static void encodeVpn(OctetWriter out, int labelField, Nlri.VpnIpv4 nlri) {
        out.u8(LABEL_BITS + RD_BITS + nlri.prefix().length());
        out.u24(labelField).u64(nlri.routeDistinguisher().bits());
        encodePrefix(out, nlri.prefix());
    }

    private static void encodePrefix(OctetWriter out, Ipv4Prefix prefix) {
        byte[] address = prefix.address().toBytes();
        for (int i = 0; i < octets(prefix.length()); i++) {
            out.u8(address[i]);
        }
    }

    static List<Reachable> decode(AddressFamily family, OctetReader in) throws Malformed {
        List<Reachable> routes = new ArrayList<>();
        try {
            while (in.hasRemaining()) {
                routes.add(
                        family.equals(AddressFamily.VPN_IPV4)
                                ? decodeVpn(in)
                                : new Reachable.Unlabeled(
                                        new Nlri.Ipv4(decodePrefix(in, in.u8()))));
            }
        } catch (OctetReader.Truncated _) {
            throw new Malformed("prefix beyond the end");
        }
        return routes;
    }

    private static Reachable decodeVpn(OctetReader in) throws Malformed {
        int bits = in.u8();
        if (bits < LABEL_BITS + RD_BITS) {
            throw new Malformed("VPN-IPv4 prefix of " + bits + " bits");
        }
        MplsLabel label = new MplsLabel(in.u24() >>> 4);
        RouteDistinguisher rd = new RouteDistinguisher(in.s64());
        Ipv4Prefix prefix = decodePrefix(in, bits - LABEL_BITS - RD_BITS);
        return new Reachable.Labeled(new Nlri.VpnIpv4(rd, prefix), label);
    }

    /// Bits beyond the length are of no significance (RFC 4271, section 4.3).
    private static Ipv4Prefix decodePrefix(OctetReader in, int length) throws Malformed {
        if (length > Ipv4Prefix.LENGTH_MAX) {
            throw new Malformed("IPv4 prefix of " + length + " bits");
        }
        int bits = 0;
        int octets = octets(length);
        for (int i = 0; i < octets; i++) {
            bits |= in.u8() << (Integer.SIZE - Byte.SIZE * (i + 1));
        }
        return Ipv4Prefix.containing(new Ipv4Address(bits), length);
    }

    private static int octets(int prefixLength) {
        return (prefixLength + Byte.SIZE - 1) / Byte.SIZE;
    }
}
