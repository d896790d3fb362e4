package org.edgeplex.dataplane.forward;

import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// A change of the tables, applied by the worker between bursts. Each replaces what was there.
public sealed interface ForwardingUpdate {
    /// The attachment itself has changed; a changed subnet forgets the neighbours.
    record SetAccess(Access access) implements ForwardingUpdate {}

    record PutAdjacency(int index, Adjacency adjacency) implements ForwardingUpdate {}

    /// The adjacency was put before.
    record PutRoute(Ipv4Prefix prefix, int adjacency) implements ForwardingUpdate {}

    record RemoveRoute(Ipv4Prefix prefix) implements ForwardingUpdate {}

    /// The label by which the core addresses this access.
    record BindVpnLabel(MplsLabel label) implements ForwardingUpdate {}

    /// A label that leads to this PE and has another one under it.
    record BindTransportLabel(MplsLabel label) implements ForwardingUpdate {}

    record UnbindLabel(MplsLabel label) implements ForwardingUpdate {}

    record PutNeighbour(Ipv4Address address, MacAddress mac) implements ForwardingUpdate {}

    record RemoveNeighbour(Ipv4Address address) implements ForwardingUpdate {}
}
