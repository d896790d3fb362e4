package org.edgeplex.cvm.kernel;

import java.util.List;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;

/// One message of a table dump, as far as it concerns us.
sealed interface RtnetlinkMessage {
    /// A unicast IPv4 route of the main table.
    record Route(Ipv4Prefix destination, long metric, List<Hop> hops) implements RtnetlinkMessage {}

    /// A way of a route; `gateway` is the destination itself on a connected one.
    record Hop(int interfaceIndex, Ipv4Address gateway) {}

    /// A neighbour whose MAC address is known and not refuted.
    record Neighbor(int interfaceIndex, Ipv4Address address, MacAddress mac)
            implements RtnetlinkMessage {}

    /// The dump is complete.
    record Done() implements RtnetlinkMessage {}

    /// The kernel refuses, with an error number.
    record Refused(int errno) implements RtnetlinkMessage {}

    /// Something else.
    record Other(int type) implements RtnetlinkMessage {}
}
