package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Arp;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Mbuf;

/// ARP on the customer's side (RFC 826).
///
/// Answers for the gateway address, learns who speaks to it, asks for next hops, and delivers.
final class Neighbours implements NeighbourCache.Protocol {
    private static final int ARP_FRAME_BYTES = Ethernet.TAGGED_HEADER_BYTES + Arp.BYTES;

    private final Context context;
    private final PacketPool pool;
    private final IcmpErrors errors;
    private final NeighbourCache cache;
    private final ReadyNeighbours ready;

    Neighbours(Context context, SegmentAllocator memory, PacketPool pool, IcmpErrors errors) {
        this.context = context;
        this.pool = pool;
        this.errors = errors;
        cache = new NeighbourCache(context, memory, this);
        ready = new ReadyNeighbours(memory, context);
    }

    /// A tagged ARP frame from the customer.
    void receive(long packet, long nowNanos) {
        if (Mbuf.length(packet) < ARP_FRAME_BYTES) {
            context.drop(packet, Counter.DROP_TRUNCATED);
            return;
        }
        long arp = Mbuf.data(packet) + Ethernet.TAGGED_HEADER_BYTES;
        long mac = Arp.senderHardware(arp);
        int operation = Arp.operation(arp);
        if (!Arp.isEthernetIpv4(arp)
                || Ethernet.isGroup(mac)
                || mac == 0
                || operation != Arp.REQUEST && operation != Arp.REPLY) {
            context.drop(packet, Counter.DROP_ARP_MALFORMED);
            return;
        }
        boolean isForUs = Arp.targetProtocol(arp) == context.access.gateway();
        learn(Arp.senderProtocol(arp), mac, isForUs, nowNanos);
        if (operation == Arp.REQUEST && isForUs) {
            answer(packet, arp, mac);
        } else if (operation == Arp.REPLY) {
            Ethernet.untag(packet); // perhaps the kernel had asked
            context.outputs.toTap(packet);
        } else {
            context.drop(packet, Counter.DROP_ARP_IGNORED);
        }
    }

    /// RFC 826, "Packet Reception": update who is known, add who speaks to us.
    private void learn(int address, long mac, boolean isForUs, long nowNanos) {
        Access access = context.access;
        if (!access.isConnected(address)
                || address == access.gateway()
                || access.isSubnetBroadcast(address)
                || mac == access.gatewayMac()) {
            return;
        }
        int neighbour = cache.find(address);
        if (neighbour == NeighbourCache.NONE && isForUs) {
            neighbour = cache.add(address);
        }
        if (neighbour != NeighbourCache.NONE && !cache.isPermanent(neighbour)) {
            cache.confirm(neighbour, mac, nowNanos);
        }
    }

    private void answer(long packet, long arp, long asker) {
        Access access = context.access;
        int askerAddress = Arp.senderProtocol(arp);
        Arp.put(arp, Arp.REPLY, access.gatewayMac(), access.gateway(), asker, askerAddress);
        Ethernet.putTagged(
                Mbuf.data(packet), asker, access.gatewayMac(), access.vlan(), Ethernet.TYPE_ARP);
        context.counters.increment(Counter.ARP_REPLIES_SENT);
        context.outputs.toCustomer(packet);
    }

    /// Sends an IPv4 packet to a neighbour, at once or when ARP has found it.
    void deliver(long packet, int nextHop, long nowNanos) {
        int known = cache.find(nextHop);
        if (known != NeighbourCache.NONE) {
            if (cache.isComplete(known)) {
                ready.put(nextHop, cache.mac(known), cache.freshUntilNanos(known, nowNanos));
            }
            cache.deliver(packet, known, nowNanos);
            return;
        }
        int added = cache.add(nextHop);
        if (added == NeighbourCache.NONE) {
            context.drop(packet, Counter.DROP_NEIGHBOURS_FULL);
        } else {
            cache.deliverFirst(packet, added, nowNanos);
        }
    }

    /// The headers of neighbours to whom packets may go without more ado.
    ReadyNeighbours ready() {
        return ready;
    }

    @Override
    public int etherType() {
        return Ethernet.TYPE_IPV4;
    }

    @Override
    public Counter pending() {
        return Counter.DROP_ARP_PENDING;
    }

    @Override
    public boolean ask(int address, long mac) {
        long packet = pool.allocate();
        if (packet == PacketPool.NONE) {
            context.counters.increment(Counter.DROP_NO_BUFFER);
            return false;
        }
        Access access = context.access;
        long destination = mac == NeighbourCache.EVERYBODY ? Ethernet.BROADCAST : mac;
        long frame = Mbuf.data(packet);
        Ethernet.putTagged(
                frame, destination, access.gatewayMac(), access.vlan(), Ethernet.TYPE_ARP);
        Arp.put(
                frame + Ethernet.TAGGED_HEADER_BYTES,
                Arp.REQUEST,
                access.gatewayMac(),
                access.gateway(),
                0,
                address);
        Mbuf.setLength(packet, ARP_FRAME_BYTES);
        Ethernet.pad(packet);
        context.counters.increment(Counter.ARP_REQUESTS_SENT);
        context.outputs.toCustomer(packet);
        return true;
    }

    @Override
    public void unreachable(long packet, long nowNanos) {
        errors.hostUnreachable(packet, Counter.DROP_HOST_UNREACHABLE, nowNanos);
    }

    @Override
    public void confirmed(int address) {
        ready.remove(address);
    }

    @Override
    public void forgotten(int address) {
        ready.remove(address);
    }

    /// Looks after one neighbour.
    void sweep(long nowNanos) {
        cache.sweep(nowNanos);
    }

    /// A neighbour by configuration; false if the table is full.
    boolean putPermanent(int address, long mac, long nowNanos) {
        int known = cache.find(address);
        int neighbour = known == NeighbourCache.NONE ? cache.add(address) : known;
        if (neighbour == NeighbourCache.NONE) {
            return false;
        }
        cache.confirmForEver(neighbour, mac, nowNanos);
        return true;
    }

    /// False if there is no such neighbour.
    boolean removePermanent(int address) {
        return cache.removePermanent(cache.find(address));
    }

    /// The headers that wait here hold what the access was.
    void accessHasChanged() {
        ready.clear();
    }

    /// Forgets everybody: the subnet has changed.
    void clear() {
        cache.clear();
    }
}
