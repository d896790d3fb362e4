package org.edgeplex.controller.intent;

import java.util.List;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.state.record.CustomerRouting;

/// How the customer's prefixes are learnt (RFC 9182, section 7.6.3).
public sealed interface AccessRouting {
    record Static(List<CustomerRouting.Static.Route> routes) implements AccessRouting {
        public Static {
            routes = List.copyOf(routes);
        }
    }

    record Bgp(AsNumber peerAs, Ipv4Address peerAddress, int holdTimeSeconds, int prefixesMax)
            implements AccessRouting {}
}
