package org.edgeplex.dataplane.forward;

import java.util.List;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// Where a route or a label leads, and what that does to the packet.
public sealed interface Adjacency {
    /// Through the core, under one to three labels, the outermost one first: VPN label alone, below
    /// a transport label, or below two (RFC 3032, section 2.1).
    record Labelled(MacAddress destination, MacAddress source, List<MplsLabel> labels)
            implements Adjacency {
        public static final int LABELS_MAX = 3;

        public Labelled {
            labels = List.copyOf(labels);
            if (labels.isEmpty() || labels.size() > LABELS_MAX) {
                throw new IllegalArgumentException("labels out of range 1..3: " + labels);
            }
            if (labels.contains(MplsLabel.IMPLICIT_NULL)) {
                throw new IllegalArgumentException("implicit null is never sent (RFC 3032)");
            }
        }

        public static Labelled of(MacAddress destination, MacAddress source, MplsLabel... labels) {
            return new Labelled(destination, source, List.of(labels));
        }
    }

    /// For labels only: to a next hop that wants the top label away (implicit null).
    ///
    /// @param payload what is under the label where it was the last one: the label says so, not the
    ///   packet (RFC 3032, section 2.2)
    record Popped(MacAddress destination, MacAddress source, Payload payload)
            implements Adjacency {}

    /// The connected subnet: the destination itself is the neighbour.
    record Connected() implements Adjacency {}

    /// Behind the customer's router.
    record Via(Ipv4Address nextHop) implements Adjacency {}

    /// For routes of IPv6: behind the customer's router.
    record ViaIpv6(Ipv6Address nextHop) implements Adjacency {}

    /// A route whose next hop cannot be reached now.
    record Unreachable() implements Adjacency {}

    /// What a label's last pop uncovers.
    enum Payload {
        IPV4,
        IPV6
    }
}
