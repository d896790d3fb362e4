package org.edgeplex.controller.intent;

import java.util.List;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;

/// A VPN on one PE: its VRF (RFC 9182, section 7.5).
public record VpnNode(
        String vpnNodeId,
        RouteDistinguisher distinguisher,
        List<RouteTarget> importTargets,
        List<RouteTarget> exportTargets) {

    public VpnNode {
        importTargets = List.copyOf(importTargets);
        exportTargets = List.copyOf(exportTargets);
    }
}
