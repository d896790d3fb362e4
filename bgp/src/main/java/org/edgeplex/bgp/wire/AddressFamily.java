package org.edgeplex.bgp.wire;

/// An AFI and SAFI (RFC 4760). Any pair may be offered by a peer; we speak those in [#isKnown].
public record AddressFamily(int afi, int safi) implements Comparable<AddressFamily> {
    public static final AddressFamily IPV4_UNICAST =
            new AddressFamily(Iana.AFI_IPV4, Iana.SAFI_UNICAST);

    /// VPN-IPv4 with a label, "VPNv4" (RFC 4364).
    public static final AddressFamily VPN_IPV4 =
            new AddressFamily(Iana.AFI_IPV4, Iana.SAFI_MPLS_VPN);

    public AddressFamily {
        if (afi < 0 || afi > 0xffff || safi < 0 || safi > 0xff) {
            throw new IllegalArgumentException("no address family: " + afi + "/" + safi);
        }
    }

    public boolean isKnown() {
        return equals(IPV4_UNICAST) || equals(VPN_IPV4);
    }

    @Override
    public int compareTo(AddressFamily other) {
        int byAfi = Integer.compare(afi, other.afi);
        return byAfi != 0 ? byAfi : Integer.compare(safi, other.safi);
    }

    @Override
    public String toString() {
        if (equals(IPV4_UNICAST)) {
            return "ipv4-unicast";
        }
        return equals(VPN_IPV4) ? "vpn-ipv4" : "afi-" + afi + "-safi-" + safi;
    }
}
