package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.Ipv6Prefix;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// A change of the tables, applied by the worker between bursts. Each replaces what was there.
public sealed interface ForwardingUpdate {
    /// What a label means.
    sealed interface OfLabel extends ForwardingUpdate {}

    /// What packets of a direction must meet.
    sealed interface OfConditions extends ForwardingUpdate {
        Direction direction();
    }

    /// Who is on the customer's side, by configuration.
    sealed interface OfNeighbour extends ForwardingUpdate {}

    /// The attachment itself has changed; a changed subnet forgets the neighbours.
    record SetAccess(Access access) implements ForwardingUpdate {}

    record PutAdjacency(int index, Adjacency adjacency) implements ForwardingUpdate {}

    /// A group of adjacencies that were put before, among which flows are spread; its number is
    /// [GroupTable#FIRST] or above.
    record PutGroup(int number, Group group) implements ForwardingUpdate {}

    /// The adjacency, or the group, was put before.
    record PutRoute(Ipv4Prefix prefix, int adjacency) implements ForwardingUpdate {}

    record RemoveRoute(Ipv4Prefix prefix) implements ForwardingUpdate {}

    /// As [PutRoute].
    record PutIpv6Route(Ipv6Prefix prefix, int adjacency) implements ForwardingUpdate {}

    record RemoveIpv6Route(Ipv6Prefix prefix) implements ForwardingUpdate {}

    /// The label by which the core addresses this access. Bound in this way, an explicit null may
    /// be the last label too (6PE, RFC 4798); without, one above another label is popped anyway.
    record BindVpnLabel(MplsLabel label) implements OfLabel {}

    /// A label that leads to this PE and has another one under it.
    record BindTransportLabel(MplsLabel label) implements OfLabel {}

    /// A label of an LSP that goes on from here: swapped for the labels of the adjacency, or popped
    /// for a next hop that is the last one. The adjacency was put before.
    record BindSwitchedLabel(MplsLabel label, int adjacency) implements OfLabel {}

    record UnbindLabel(MplsLabel label) implements OfLabel {}

    /// Packets of this direction are policed from now on; with the bursts full, unless it is the
    /// same as before.
    record SetPolicer(Direction direction, Policer policer) implements OfConditions {}

    record RemovePolicer(Direction direction) implements OfConditions {}

    /// Packets of this direction pass through these rules from now on.
    record SetAcl(Direction direction, Acl acl) implements OfConditions {}

    record RemoveAcl(Direction direction) implements OfConditions {}

    record PutNeighbour(Ipv4Address address, MacAddress mac) implements OfNeighbour {}

    record RemoveNeighbour(Ipv4Address address) implements OfNeighbour {}

    record PutIpv6Neighbour(Ipv6Address address, MacAddress mac) implements OfNeighbour {}

    record RemoveIpv6Neighbour(Ipv6Address address) implements OfNeighbour {}
}
