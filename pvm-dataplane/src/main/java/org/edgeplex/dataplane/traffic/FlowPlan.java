package org.edgeplex.dataplane.traffic;

import java.util.List;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// What the frames are: their headers, and what makes one flow differ from the next.
///
/// Flows take the destinations in turn, then the sources, then other source ports.
///
/// @param flows how many, 1 to [Stamp#FLOWS_MAX]
/// @param vlan the 802.1Q VLAN of all frames, [#UNTAGGED] for none
/// @param labels from the top down, empty for plain IP
/// @param frameBytes with the Ethernet header and without the check sequence
record FlowPlan(
        int flows,
        MacAddress from,
        MacAddress to,
        int vlan,
        List<MplsLabel> labels,
        Addresses sources,
        Addresses destinations,
        int ttl,
        int dscp,
        int frameBytes) {
    static final int UNTAGGED = 0;
    static final int UDP_BYTES = 8;
    static final int PORT_FIRST = 49_152;
    static final int PORTS = 65_536 - PORT_FIRST;

    /// The discard port (RFC 863): a host that gets these by mistake has nothing to do.
    static final int PORT_DESTINATION = 9;

    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int LABELS_MAX = 8;

    FlowPlan {
        labels = List.copyOf(labels);
        check("flows", flows, 1, Stamp.FLOWS_MAX);
        check("VLAN", vlan, UNTAGGED, Ethernet.VLAN_ID_MASK - 1);
        check("labels", labels.size(), 0, LABELS_MAX);
        check("TTL", ttl, 1, 255);
        check("DSCP", dscp, 0, 63);
        if (sources.isIpv6() != destinations.isIpv6()) {
            throw new IllegalArgumentException("sources and destinations are of two IP versions");
        }
        long most = (long) sources.count() * destinations.count() * PORTS;
        if (flows > most) {
            int wanted = (int) Math.ceilDiv(flows, (long) destinations.count() * PORTS);
            throw new IllegalArgumentException(
                    "%d flows need more addresses: these give %d, %d for each pair of them; a wider"
                                    .formatted(flows, most, PORTS)
                            + " prefix gives more, such as --source "
                            + sources.widened(wanted));
        }
        int least = stampAt(vlan, labels, sources) + Stamp.BYTES;
        check("frame size", frameBytes, least, Mbuf.DATA_BYTES_MAX);
    }

    private static void check(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    what + " is " + value + ", must be " + min + " to " + max);
        }
    }

    boolean isIpv6() {
        return sources.isIpv6();
    }

    int ipAt() {
        return ipAt(vlan, labels);
    }

    int udpAt() {
        return ipAt() + (isIpv6() ? IPV6_BYTES : IPV4_BYTES);
    }

    int stampAt() {
        return udpAt() + UDP_BYTES;
    }

    private static int stampAt(int vlan, List<MplsLabel> labels, Addresses sources) {
        return ipAt(vlan, labels) + (sources.isIpv6() ? IPV6_BYTES : IPV4_BYTES) + UDP_BYTES;
    }

    private static int ipAt(int vlan, List<MplsLabel> labels) {
        int ethernet = vlan == UNTAGGED ? Ethernet.HEADER_BYTES : Ethernet.TAGGED_HEADER_BYTES;
        return ethernet + labels.size() * Mpls.ENTRY_BYTES;
    }

    int destination(int flow) {
        return destinations.low(flow % destinations.count());
    }

    int source(int flow) {
        return sources.low(flow / destinations.count() % sources.count());
    }

    int sourcePort(int flow) {
        long pairs = (long) destinations.count() * sources.count();
        return PORT_FIRST + (int) (flow / pairs);
    }
}
