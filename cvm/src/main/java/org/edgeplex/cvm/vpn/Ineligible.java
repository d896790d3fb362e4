package org.edgeplex.cvm.vpn;

import org.edgeplex.bgp.policy.ImportRules;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MplsLabel;

/// Why a route of another PE takes no part in any decision.
public sealed interface Ineligible {
    /// It has been here before (RFC 4271, section 9.1.2; RFC 4456, section 8).
    record Loop(ImportRules.Rejection rejection) implements Ineligible {}

    /// It leads back to us.
    record NextHopIsSelf() implements Ineligible {}

    /// A label that cannot name a VPN: 0 to 15.
    record ReservedLabel(MplsLabel label) implements Ineligible {}

    /// There is no transport LSP to its next hop.
    record NextHopUnreachable(Ipv4Address nextHop) implements Ineligible {}
}
