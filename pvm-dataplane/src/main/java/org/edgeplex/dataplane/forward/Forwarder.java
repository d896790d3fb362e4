package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import java.util.Objects;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.PacketVector;
import org.edgeplex.dataplane.table.LabelTable;
import org.edgeplex.dataplane.table.TableOutcome;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// The packet path of one access. One thread calls it, in this order:
///
/// ```
/// apply(update)*   fromPort(burst)   fromTap(burst)   tick(now)   flush(port, tap)
/// ```
///
/// A burst passes in stages: sort by side, validate, look up all, rewrite all. Of large tables the
/// lines are asked for while packets are validated.
public final class Forwarder {
    private final Context context;
    private final LabelTable labels;
    private final AdjacencyTable adjacencies;
    private final GroupTable groups;
    private final Fib fib;
    private final Neighbours neighbours;
    private final OrdinaryInput ordinary;
    private final CustomerInput customer;
    private final CoreInput core;
    private final TapInput tap;
    private final Ipv4Router router;
    private final Ipv6Fib ipv6Fib;
    private final Ipv6Neighbours ipv6Neighbours;
    private final Ipv6Input ipv6;
    private final Ipv6Router ipv6Router;
    private final Ipv4Burst burst;
    private final Ipv6Burst ipv6Burst = new Ipv6Burst();
    private boolean isLongWayOnly;

    /// How much of everything fits.
    ///
    /// @param trieLinesMax of 64 bytes each, one to five for each /18 that has longer prefixes in
    ///   it
    public record Sizes(
            int hostRoutesMax,
            int prefixesMax,
            int trieLinesMax,
            int adjacenciesMax,
            int groupsMax,
            int ipv6PrefixesMax) {
        public Sizes {
            if (adjacenciesMax > GroupTable.FIRST || groupsMax > GroupTable.GROUPS_MAX) {
                throw new IllegalArgumentException(
                        "too many adjacencies or groups: " + adjacenciesMax + ", " + groupsMax);
            }
        }

        public static final Sizes DEFAULT = new Sizes(1 << 20, 65_536, 131_072, 4_096);

        private static final int GROUPS = 256;
        private static final int IPV6_PREFIXES = 65_536;

        public Sizes(int hostRoutesMax, int prefixesMax, int trieLinesMax, int adjacenciesMax) {
            this(hostRoutesMax, prefixesMax, trieLinesMax, adjacenciesMax, GROUPS, IPV6_PREFIXES);
        }
    }

    public Forwarder(
            SegmentAllocator memory,
            PacketPool pool,
            Access access,
            Sizes sizes,
            Counters counters) {
        burst = new Ipv4Burst(memory);
        context = new Context(memory, access, new Outputs(memory, pool, counters), counters);
        if (sizes.adjacenciesMax > counters.pushed.rowCount()) {
            throw new IllegalArgumentException(
                    "counters for " + counters.pushed.rowCount() + " adjacencies only");
        }
        labels = new LabelTable(memory);
        adjacencies = new AdjacencyTable(memory, sizes.adjacenciesMax);
        groups = new GroupTable(memory, sizes.groupsMax);
        fib = new Fib(memory, sizes.hostRoutesMax, sizes.prefixesMax, sizes.trieLinesMax);
        Ipv4Rules rules = new Ipv4Rules(context);
        IcmpErrors errors = new IcmpErrors(context);
        neighbours = new Neighbours(context, memory, pool, errors);
        ordinary = new OrdinaryInput(memory, context, labels);
        customer = new CustomerInput(context, rules, errors);
        LabelSwitch labelSwitch = new LabelSwitch(context, adjacencies);
        ipv6Fib = new Ipv6Fib(memory, sizes.ipv6PrefixesMax);
        Ipv6Rules ipv6Rules = new Ipv6Rules(context);
        Icmpv6Errors ipv6Errors = new Icmpv6Errors(context);
        Ipv6Solicitations solicitations = new Ipv6Solicitations(context, pool);
        ipv6Neighbours = new Ipv6Neighbours(context, memory, ipv6Errors, solicitations);
        Ipv6Discovery discovery = new Ipv6Discovery(context, ipv6Neighbours);
        ipv6 = new Ipv6Input(context, ipv6Rules, ipv6Errors, discovery);
        ipv6Router =
                new Ipv6Router(context, ipv6Fib, adjacencies, groups, ipv6Neighbours, ipv6Errors);
        core = new CoreInput(context, labels, rules, errors, labelSwitch, ipv6);
        tap = new TapInput(context, rules, ipv6Rules);
        Fragmenter fragmenter = new Fragmenter(context, pool);
        router = new Ipv4Router(context, fib, adjacencies, groups, neighbours, errors, fragmenter);
    }

    /// A burst from the trunk port; the packets are taken over.
    ///
    /// @param packets [PacketIo#BURST_MAX] at most
    public void fromPort(PacketVector packets, long nowNanos) {
        // What comes after has no bounds but this one.
        Objects.checkIndex(packets.size(), PacketIo.BURST_MAX + 1);
        ordinary.approach(packets);
        int count = packets.size();
        int next = 0;
        int step = fib.step();
        while (next < count) {
            int end = Math.min(count, next + step);
            int ordinaryEnd = isLongWayOnly ? next : ordinary.accept(packets, next, end, burst);
            next = ordinaryEnd;
            if (ordinaryEnd < end) {
                sort(packets.get(next++), nowNanos);
            }
            fib.approach(burst);
        }
        packets.clear();
        ordinary.count();
        router.route(burst, nowNanos);
        ipv6Router.route(ipv6Burst, nowNanos);
        routeOriginated(nowNanos);
    }

    private void routeOriginated(long nowNanos) {
        router.route(context.originated, nowNanos);
        ipv6Router.route(context.originatedIpv6, nowNanos);
    }

    /// Looks tables up in stages, however small they are: for tests.
    void lookUpInStages() {
        fib.setLinesSmall(0);
    }

    /// Treats ordinary packets as if they were not: the reference that tests compare with.
    void takeTheLongWay() {
        isLongWayOnly = true;
    }

    /// Tells of each decision from now on, for which all packets take the long way.
    public void trace(Tracer tracer) {
        takeTheLongWay();
        context.setTracer(tracer);
    }

    private void sort(long packet, long nowNanos) {
        int length = Mbuf.length(packet);
        if (length < Ethernet.TAGGED_HEADER_BYTES || !Mbuf.isSingleSegment(packet)) {
            context.drop(packet, Counter.DROP_TRUNCATED);
            return;
        }
        long frame = Mbuf.data(packet);
        int type = Ethernet.type(frame);
        if (type == Ethernet.TYPE_MPLS) {
            context.tracer.fromCore(length);
            core.accept(packet, burst, ipv6Burst, nowNanos);
        } else if (type != Ethernet.TYPE_VLAN) {
            context.drop(packet, Counter.DROP_UNKNOWN_ETHERTYPE);
        } else if (Ethernet.vlanId(frame) != context.access.vlan()) {
            context.drop(packet, Counter.DROP_FOREIGN_VLAN);
        } else {
            int taggedType = Ethernet.taggedType(frame);
            context.tracer.fromCustomer(context.access.vlan(), taggedType);
            sortCustomer(packet, taggedType, nowNanos);
        }
    }

    private void sortCustomer(long packet, int type, long nowNanos) {
        switch (type) {
            case Ethernet.TYPE_IPV4 -> customer.accept(packet, burst, nowNanos);
            case Ethernet.TYPE_ARP -> neighbours.receive(packet, nowNanos);
            case Ethernet.TYPE_IPV6 -> sortIpv6(packet, nowNanos);
            default -> context.drop(packet, Counter.DROP_UNKNOWN_ETHERTYPE);
        }
    }

    private void sortIpv6(long packet, long nowNanos) {
        if (context.ipv6.isOn) {
            ipv6.fromCustomer(packet, ipv6Burst, nowNanos);
        } else {
            context.drop(packet, Counter.DROP_UNKNOWN_ETHERTYPE);
        }
    }

    /// A burst from the kernel; the packets are taken over.
    public void fromTap(PacketVector packets, long nowNanos) {
        for (int i = 0; i < packets.size(); i++) {
            tap.accept(packets.get(i));
        }
        packets.clear();
        routeOriginated(nowNanos);
    }

    /// Time passes: a little work on timers, however often it is called.
    public void tick(long nowNanos) {
        neighbours.sweep(nowNanos);
        ipv6Neighbours.sweep(nowNanos);
        routeOriginated(nowNanos);
    }

    /// Sends what the calls before have produced.
    public void flush(PacketIo toPort, PacketIo toTap) {
        context.outputs.flush(toPort, toTap);
    }

    /// Changes tables, the first `count` updates in order. Their cache lines are asked for
    /// together.
    public void apply(ForwardingUpdate[] updates, int count, long nowNanos) {
        for (int i = 0; i < count; i++) {
            if (updates[i] instanceof ForwardingUpdate.PutRoute(Ipv4Prefix prefix, _)) {
                fib.approach(prefix);
            } else if (updates[i] instanceof ForwardingUpdate.RemoveRoute(Ipv4Prefix prefix)) {
                fib.approach(prefix);
            }
        }
        fib.approached();
        for (int i = 0; i < count; i++) {
            apply(updates[i], nowNanos);
        }
    }

    /// Changes a table; what does not fit is counted and otherwise without effect.
    public void apply(ForwardingUpdate update, long nowNanos) {
        boolean isApplied =
                switch (update) {
                    case ForwardingUpdate.SetAccess(Access access) -> setAccess(access);
                    case ForwardingUpdate.PutAdjacency put ->
                            putAdjacency(put.index(), put.adjacency());
                    case ForwardingUpdate.PutGroup put -> putGroup(put.number(), put.group());
                    case ForwardingUpdate.PutRoute put ->
                            canLeadTo(put.adjacency())
                                    && fib.put(put.prefix(), put.adjacency()) != TableOutcome.FULL;
                    case ForwardingUpdate.RemoveRoute remove -> fib.remove(remove.prefix());
                    case ForwardingUpdate.PutIpv6Route put ->
                            canLeadTo(put.adjacency())
                                    && ipv6Fib.put(put.prefix(), put.adjacency())
                                            != TableOutcome.FULL;
                    case ForwardingUpdate.RemoveIpv6Route remove -> ipv6Fib.remove(remove.prefix());
                    case ForwardingUpdate.OfLabel label -> apply(label);
                    case ForwardingUpdate.OfConditions conditions -> apply(conditions);
                    case ForwardingUpdate.OfNeighbour neighbour -> apply(neighbour, nowNanos);
                };
        context.counters.increment(isApplied ? Counter.UPDATES_APPLIED : Counter.UPDATES_REFUSED);
    }

    private boolean apply(ForwardingUpdate.OfLabel update) {
        return switch (update) {
            case ForwardingUpdate.BindVpnLabel(MplsLabel label) ->
                    bind(label, LabelAction.toTable(label));
            case ForwardingUpdate.BindTransportLabel(MplsLabel label) ->
                    bind(label, LabelAction.POP);
            case ForwardingUpdate.BindSwitchedLabel(MplsLabel label, int adjacency) ->
                    adjacencies.has(adjacency) && bind(label, LabelAction.switchTo(adjacency));
            case ForwardingUpdate.UnbindLabel(MplsLabel label) -> unbind(label);
        };
    }

    private boolean bind(MplsLabel label, int action) {
        int before = labels.get(label.value());
        int row =
                before == LabelTable.MISSING
                        ? context.counters.popped.take(label)
                        : LabelAction.row(before);
        labels.put(label.value(), LabelAction.countedIn(row, action));
        return true;
    }

    private boolean unbind(MplsLabel label) {
        int before = labels.get(label.value());
        if (before != LabelTable.MISSING) {
            context.counters.popped.giveBack(LabelAction.row(before));
        }
        return labels.remove(label.value());
    }

    private boolean putAdjacency(int index, Adjacency adjacency) {
        if (!adjacencies.put(index, adjacency)) {
            return false;
        }
        context.counters.pushed.set(index, adjacency);
        return true;
    }

    private boolean apply(ForwardingUpdate.OfConditions update) {
        Conditions conditions = context.conditions(update.direction());
        switch (update) {
            case ForwardingUpdate.SetPolicer set -> conditions.setPolicer(set.policer());
            case ForwardingUpdate.RemovePolicer _ -> conditions.setPolicer(null);
            case ForwardingUpdate.SetAcl set -> conditions.setAcl(set.acl());
            case ForwardingUpdate.RemoveAcl _ -> conditions.setAcl(null);
        }
        ordinary.accessHasChanged();
        return true;
    }

    private boolean apply(ForwardingUpdate.OfNeighbour update, long nowNanos) {
        return switch (update) {
            case ForwardingUpdate.PutNeighbour(Ipv4Address address, MacAddress mac) ->
                    neighbours.putPermanent(address.bits(), mac.bits(), nowNanos);
            case ForwardingUpdate.RemoveNeighbour(Ipv4Address address) ->
                    neighbours.removePermanent(address.bits());
            case ForwardingUpdate.PutIpv6Neighbour(Ipv6Address address, MacAddress mac) ->
                    ipv6Neighbours.putPermanent(
                            address.high(), address.low(), mac.bits(), nowNanos);
            case ForwardingUpdate.RemoveIpv6Neighbour(Ipv6Address address) ->
                    ipv6Neighbours.removePermanent(address.high(), address.low());
        };
    }

    private boolean setAccess(Access access) {
        if (access.gateway() != context.access.gateway()
                || access.prefixLength() != context.access.prefixLength()) {
            neighbours.clear();
        }
        if (!access.ipv6().equals(context.access.ipv6())
                || access.gatewayMac() != context.access.gatewayMac()) {
            ipv6Neighbours.clear();
        }
        context.setAccess(access);
        ordinary.accessHasChanged();
        neighbours.accessHasChanged();
        return true;
    }

    private boolean putGroup(int number, Group group) {
        if (!groups.has(number) || !group.members().stream().allMatch(adjacencies::has)) {
            return false;
        }
        groups.put(number, group);
        return true;
    }

    private boolean canLeadTo(int number) {
        return adjacencies.has(number) || groups.has(number);
    }
}
