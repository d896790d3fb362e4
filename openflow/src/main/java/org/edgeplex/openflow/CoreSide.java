package org.edgeplex.openflow;

import org.edgeplex.net.MacAddress;

/// The switch's side to the core: the port of the core link, the port of the CVM, and the MAC
/// address under which the core knows this PE.
public record CoreSide(String corePort, String cvmPort, MacAddress coreMac) {
    public CoreSide {
        if (coreMac.isGroup()) {
            throw new IllegalArgumentException("the PE's MAC is a group address: " + coreMac);
        }
    }
}
