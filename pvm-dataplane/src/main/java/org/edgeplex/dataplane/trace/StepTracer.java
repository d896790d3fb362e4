package org.edgeplex.dataplane.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.edgeplex.dataplane.forward.Counter;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Direction;
import org.edgeplex.dataplane.forward.Tracer;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;

/// Remembers the decisions in words.
final class StepTracer extends Tracer {
    private static final List<String> COLORS = List.of("green", "yellow", "red");

    private final Tables tables;
    private final List<Step> steps = new ArrayList<>();
    private boolean waitsForNeighbour;

    StepTracer(Tables tables) {
        this.tables = tables;
    }

    List<Step> steps() {
        return steps;
    }

    /// Whether a packet is held until its neighbour has answered.
    boolean waitsForNeighbour() {
        return waitsForNeighbour;
    }

    void add(String stage, String decision) {
        steps.add(new Step(stage, decision));
    }

    @Override
    public void fromCustomer(int vlan, int etherType) {
        add("side", "from the customer, VLAN " + vlan + ", " + typeName(etherType));
    }

    private static String typeName(int etherType) {
        return switch (etherType) {
            case Ethernet.TYPE_IPV4 -> "IPv4";
            case Ethernet.TYPE_IPV6 -> "IPv6";
            case Ethernet.TYPE_ARP -> "ARP";
            default -> "EtherType 0x%04x".formatted(etherType);
        };
    }

    @Override
    public void fromCore(int frameBytes) {
        add("side", "from the core, MPLS");
    }

    @Override
    public void addressed(long mac) {
        add("mac", new MacAddress(mac) + " is for this access");
    }

    @Override
    public void popped(int label, int trafficClass, int ttl, boolean isBottom) {
        add(
                "pop",
                "label %d, traffic class %d, TTL %d%s"
                        .formatted(label, trafficClass, ttl, isBottom ? ", bottom of stack" : ""));
    }

    @Override
    public void switched(int adjacency, int ttl) {
        add("switch", tables.adjacency(adjacency) + ", came with TTL " + ttl);
    }

    @Override
    public void headerValid(int version) {
        add("header", "IPv" + version + ", valid");
    }

    @Override
    public void ruled(Direction direction, boolean isPermitted) {
        add("acl", side(direction) + ": " + (isPermitted ? "permitted" : "denied"));
    }

    @Override
    public void policed(Direction direction, int color) {
        add("policer", side(direction) + ": " + COLORS.get(color) + " (buckets begin full)");
    }

    private static String side(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public void toBeRouted(int ttl) {
        add("ttl", "leaves with " + ttl);
    }

    @Override
    public void found(int destination, int route) {
        add("lookup", tables.route(new Ipv4Address(destination), route));
        adjacency(route);
    }

    @Override
    public void foundIpv6(long high, long low, int route) {
        String destination = new Ipv6Address(high, low).toString();
        add("lookup", destination + (route < 0 ? ": no route" : ": adjacency " + route));
        adjacency(route);
    }

    private void adjacency(int route) {
        if (route >= 0) {
            add("adjacency", tables.adjacency(route));
        }
    }

    @Override
    public void chosen(int group, int adjacency) {
        add("multipath", "of group " + group + ", by flow: " + tables.adjacency(adjacency));
    }

    @Override
    public void measured(int bytes, int mtuBytes) {
        add("mtu", bytes + " bytes, more than " + mtuBytes);
    }

    @Override
    public void fragmented(int count) {
        add("fragments", Integer.toString(count));
    }

    @Override
    public void pushed(int adjacency, int trafficClass, int ttl) {
        add(
                "push",
                "labels %s, traffic class %d, TTL %d"
                        .formatted(tables.labels(adjacency), trafficClass, ttl));
    }

    @Override
    public void neighbour(boolean isKnown) {
        waitsForNeighbour |= !isKnown;
        add("neighbour", isKnown ? "known" : "not known here: the packet waits, ARP asks");
    }

    @Override
    public void errorOriginated(Counter reason, int type, int code) {
        add(
                "error",
                Counters.nameOf(reason) + ": an ICMP message of type " + type + ", code " + code);
    }

    @Override
    public void dropped(Counter reason) {
        add("drop", Counters.nameOf(reason));
    }

    @Override
    public void toKernel() {
        add("out", "the kernel (tap)");
    }

    @Override
    public void toWire() {
        add("out", "the wire (trunk)");
    }
}
