package org.edgeplex.dataplane.forward;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.dataplane.io.MemoryPacketIo;
import org.edgeplex.dataplane.io.MemoryPacketPool;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.Ipv6Prefix;
import org.edgeplex.dataplane.packet.PacketVector;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// A forwarder between in-memory ports, with the addresses that all its tests share.
final class ForwarderRig implements AutoCloseable {
    static final String GATEWAY_MAC = "02:00:00:00:07:01";
    static final String CE_MAC = "02:00:00:00:07:02";
    static final String HOST_MAC = "02:00:00:00:07:63";
    static final String CORE_MAC = "02:00:00:00:00:aa";
    static final String P_MAC = "02:00:00:00:00:bb";
    static final String ROUTER_MAC = "02:ed:6e:00:00:01";
    static final String BROADCAST_MAC = "ff:ff:ff:ff:ff:ff";
    static final String NO_MAC = "00:00:00:00:00:00";

    static final int VLAN = 101;
    static final int VPN_LABEL = 1001;
    static final int REMOTE_LABEL = 2002;
    static final int TRANSPORT_LABEL = 300;
    static final int SWAPPED_LABEL = 400;
    static final int DETOUR_LABEL = 600;

    /// The first of those that are switched: to be swapped, popped with IPv4 or IPv6 under it,
    /// swapped and one pushed; the last one has no way out.
    static final int LSP_LABEL = 500;

    static final int MTU_BYTES = 1500;

    static final String GATEWAY = "10.1.0.1";
    static final String CE = "10.1.0.2";
    static final String HOST = "10.1.0.99";
    static final String BEHIND_CE = "10.1.5.5";
    static final String REMOTE = "10.2.0.9";
    static final String REMOTE_HOST = "10.2.0.77";
    static final String NEXT_DOOR = "10.3.0.9";
    static final String NO_LSP = "10.4.0.9";

    static final String GATEWAY6 = "2001:db8:1::1";
    static final String GATEWAY6_LINK = "fe80::ff:fe00:701";
    static final String CE6 = "2001:db8:1::2";
    static final String HOST6 = "2001:db8:1::99";
    static final String BEHIND_CE6 = "2001:db8:1:5::5";
    static final String REMOTE6 = "2001:db8:2::9";
    static final String REMOTE6_HOST = "2001:db8:2::77";

    static final int BUFFERS = 512;

    final Arena arena = Arena.ofConfined();
    final MemoryPacketPool pool = new MemoryPacketPool(arena, BUFFERS);
    final MemoryPacketIo port = new MemoryPacketIo(pool);
    final MemoryPacketIo tap = new MemoryPacketIo(pool);
    final Counters counters;
    final Access access;
    final List<ForwardingUpdate> applied = new ArrayList<>();
    final Forwarder forwarder;
    long nowNanos = 1_000_000_000_000L;

    private final PacketVector burst = new PacketVector(arena, PacketIo.BURST_MAX);

    ForwarderRig() {
        this(new Counters());
    }

    ForwarderRig(Counters counters) {
        this.counters = counters;
        access =
                Access.of(
                        VLAN,
                        Ipv4Address.parse(GATEWAY),
                        24,
                        MacAddress.parse(GATEWAY_MAC),
                        MacAddress.parse(CORE_MAC),
                        MTU_BYTES);
        Forwarder.Sizes sizes = new Forwarder.Sizes(64, 64, 16, 16, 4, 64);
        forwarder = new Forwarder(arena, pool, access, sizes, counters);
        MacAddress p = MacAddress.parse(P_MAC);
        MacAddress core = MacAddress.parse(CORE_MAC);
        MplsLabel remote = new MplsLabel(REMOTE_LABEL);
        adjacency(0, new Adjacency.Connected());
        adjacency(1, new Adjacency.Via(Ipv4Address.parse(CE)));
        adjacency(2, Adjacency.Labelled.of(p, core, new MplsLabel(TRANSPORT_LABEL), remote));
        adjacency(3, Adjacency.Labelled.of(core, core, new MplsLabel(3003)));
        adjacency(4, Adjacency.Labelled.of(p, core, remote));
        adjacency(5, new Adjacency.Unreachable());
        route("10.1.0.0/24", 0);
        route("10.1.5.0/24", 1);
        route("10.2.0.0/16", 2);
        route("10.3.0.0/16", 3);
        route("10.2.0.77/32", 4);
        route("10.4.0.0/16", 5);
        labelSwitchedPaths(p, core, remote);
        apply(new ForwardingUpdate.BindVpnLabel(new MplsLabel(VPN_LABEL)));
        apply(new ForwardingUpdate.BindTransportLabel(new MplsLabel(17)));
    }

    /// Deeper stacks, and what a P router does.
    private void labelSwitchedPaths(MacAddress p, MacAddress core, MplsLabel remote) {
        MplsLabel swapped = new MplsLabel(SWAPPED_LABEL);
        MplsLabel detour = new MplsLabel(DETOUR_LABEL);
        adjacency(
                8, Adjacency.Labelled.of(p, core, detour, new MplsLabel(TRANSPORT_LABEL), remote));
        adjacency(9, Adjacency.Labelled.of(p, core, swapped));
        adjacency(10, new Adjacency.Popped(p, core, Adjacency.Payload.IPV4));
        adjacency(11, new Adjacency.Popped(p, core, Adjacency.Payload.IPV6));
        adjacency(12, Adjacency.Labelled.of(p, core, detour, swapped));
        adjacency(13, Adjacency.Labelled.of(p, core, MplsLabel.IPV4_EXPLICIT_NULL, remote));
        route("10.6.0.0/16", 8);
        route("10.7.0.0/16", 13);
        for (int i = 0; i < 4; i++) {
            apply(new ForwardingUpdate.BindSwitchedLabel(new MplsLabel(LSP_LABEL + i), 9 + i));
        }
        apply(new ForwardingUpdate.BindSwitchedLabel(new MplsLabel(LSP_LABEL + 4), 5));
    }

    /// IPv6 on the access, and routes for it.
    void ipv6() {
        MacAddress p = MacAddress.parse(P_MAC);
        MacAddress core = MacAddress.parse(CORE_MAC);
        apply(
                new ForwardingUpdate.SetAccess(
                        access.with(new Ipv6Link(Ipv6Address.parse(GATEWAY6), 64))));
        adjacency(14, new Adjacency.ViaIpv6(Ipv6Address.parse(CE6)));
        adjacency(
                15,
                Adjacency.Labelled.of(
                        p, core, new MplsLabel(TRANSPORT_LABEL), MplsLabel.IPV6_EXPLICIT_NULL));
        route6("2001:db8:1::/64", 0);
        route6("2001:db8:1:5::/64", 14);
        route6("2001:db8:2::/48", 2);
        route6(REMOTE6_HOST + "/128", 4);
        route6("2001:db8:4::/48", 5);
        route6("2001:db8:6::/48", 8);
        route6("2001:db8:7::/48", 15);
    }

    void route6(String prefix, int adjacency) {
        apply(new ForwardingUpdate.PutIpv6Route(Ipv6Prefix.parse(prefix), adjacency));
    }

    void neighbour6(String address, String mac) {
        apply(
                new ForwardingUpdate.PutIpv6Neighbour(
                        Ipv6Address.parse(address), MacAddress.parse(mac)));
    }

    void adjacency(int index, Adjacency adjacency) {
        apply(new ForwardingUpdate.PutAdjacency(index, adjacency));
    }

    void route(String prefix, int adjacency) {
        apply(new ForwardingUpdate.PutRoute(Ipv4Prefix.parse(prefix), adjacency));
    }

    void neighbour(String address, String mac) {
        apply(new ForwardingUpdate.PutNeighbour(Ipv4Address.parse(address), MacAddress.parse(mac)));
    }

    void apply(ForwardingUpdate update) {
        applied.add(update);
        forwarder.apply(update, nowNanos);
    }

    void fromPort(byte[]... frames) {
        for (byte[] frame : frames) {
            port.arrive(frame);
        }
        port.receive(burst);
        forwarder.fromPort(burst, nowNanos);
        forwarder.flush(port, tap);
    }

    void fromTap(byte[]... frames) {
        for (byte[] frame : frames) {
            tap.arrive(frame);
        }
        tap.receive(burst);
        forwarder.fromTap(burst, nowNanos);
        forwarder.flush(port, tap);
    }

    /// Time passes, with a tick for each neighbour that there may be.
    void pass(long nanos) {
        nowNanos += nanos;
        for (int i = 0; i < 8; i++) {
            forwarder.tick(nowNanos);
        }
        forwarder.flush(port, tap);
    }

    List<byte[]> sentToPort() {
        return port.takeSent();
    }

    List<byte[]> sentToTap() {
        return tap.takeSent();
    }

    long count(Counter counter) {
        return counters.get(counter);
    }

    @Override
    public void close() {
        arena.close();
    }
}
