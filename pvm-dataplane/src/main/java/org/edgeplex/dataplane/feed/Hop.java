package org.edgeplex.dataplane.feed;

import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MplsLabel;

/// What routes lead to, before the core's topology is known: routes of the same hop share one
/// adjacency, which changes alone when the core does.
sealed interface Hop {
    record Connected() implements Hop {}

    record BehindCe(Ipv4Address nextHop) implements Hop {}

    record NextDoor(MplsLabel vpnLabel) implements Hop {}

    record BehindPe(Ipv4Address peLoopback, MplsLabel vpnLabel) implements Hop {}
}
