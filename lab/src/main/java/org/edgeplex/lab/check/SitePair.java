package org.edgeplex.lab.check;

import org.edgeplex.lab.topology.VpnService;
import org.edgeplex.lab.topology.VpnService.Access;
import org.edgeplex.net.Ipv4Address;

/// Two sites of a VPN, one pinging the other.
record SitePair(VpnService service, Access from, Access to) {
    /// The first site and the last.
    static SitePair of(VpnService service) {
        return new SitePair(service, service.accesses().getFirst(), service.accesses().getLast());
    }

    Ipv4Address source() {
        return from.site();
    }

    Ipv4Address destination() {
        return to.site();
    }

    @Override
    public String toString() {
        return from.ce() + " (" + source() + ") to " + to.ce() + " (" + destination() + ")";
    }
}
