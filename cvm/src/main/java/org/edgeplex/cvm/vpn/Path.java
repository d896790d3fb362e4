package org.edgeplex.cvm.vpn;

import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.VpnRouteKey;

/// A way to a prefix that a VRF may use.
sealed interface Path {
    PathAttributes attributes();

    /// Offered by a customer of this PE, whose attachment has this label.
    record Local(
            int attachment,
            int vrf,
            CustomerRoute.Source source,
            Ipv4Address nextHop,
            MplsLabel label,
            PathAttributes attributes)
            implements Path {}

    /// Offered by another PE.
    record Remote(VpnRouteKey key, Ipv4Address nextHop, MplsLabel label, PathAttributes attributes)
            implements Path {}
}
