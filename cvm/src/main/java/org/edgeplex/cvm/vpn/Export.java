package org.edgeplex.cvm.vpn;

import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.net.MplsLabel;

/// A route that the core is to be told, next hop: ourselves.
public record Export(Nlri.VpnIpv4 nlri, MplsLabel label, PathAttributes attributes) {}
