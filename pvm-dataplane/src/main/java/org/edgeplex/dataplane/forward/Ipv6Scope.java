package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.Ipv6Prefix;

/// What an [Access] says about IPv6 addresses, in primitive form.
final class Ipv6Scope {
    final boolean isOn;
    final long gatewayHigh;
    final long gatewayLow;
    final long linkLocalHigh;
    final long linkLocalLow;
    private final long maskHigh;
    private final long maskLow;

    Ipv6Scope(Access access) {
        Ipv6Link link = access.ipv6();
        Ipv6Address linkLocal = Ipv6Address.linkLocal(access.gatewayMac());
        isOn = link.isOn();
        gatewayHigh = link.gateway().high();
        gatewayLow = link.gateway().low();
        linkLocalHigh = linkLocal.high();
        linkLocalLow = linkLocal.low();
        maskHigh = Ipv6Prefix.maskHigh(link.prefixLength());
        maskLow = Ipv6Prefix.maskLow(link.prefixLength());
    }

    boolean isOurs(long high, long low) {
        return high == gatewayHigh && low == gatewayLow
                || high == linkLocalHigh && low == linkLocalLow;
    }

    /// In the connected subnet, or of the link itself.
    boolean isOnLink(long high, long low) {
        return Ipv6.isLinkLocal(high)
                || ((high ^ gatewayHigh) & maskHigh | (low ^ gatewayLow) & maskLow) == 0;
    }

    /// A source that a packet may have which is not from us: one host's, and told from others.
    boolean isForeignUnicast(long high, long low) {
        return !Ipv6.isMulticast(high)
                && !Ipv6.isUnspecified(high, low)
                && !Ipv6.isLoopback(high, low)
                && !isOurs(high, low);
    }

    /// A group whose packets stay on the link, ff01::/16 and ff02::/16 (RFC 4291, section 2.7).
    static boolean isLinkGroup(long high) {
        int scope = (int) (high >>> 48) & 0xf;
        return Ipv6.isMulticast(high) && scope <= 2;
    }
}
