package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Arp;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;

/// ARP on the customer's side (RFC 826; timers after RFC 1122, section 2.3.2).
///
/// Answers for the gateway address, learns who speaks to it, asks for next hops, and delivers.
final class Neighbours {
    static final long RETRY_NANOS = 1_000_000_000L;
    static final long REFRESH_NANOS = 30_000_000_000L;
    static final long EXPIRY_NANOS = 120_000_000_000L;
    static final int REQUESTS_MAX = 3;
    static final int REQUESTS_PER_SECOND = 500;
    static final int REQUESTS_BURST = 64;

    /// Frames are padded by us: not every virtual port does (IEEE 802.3, section 4.2.3.3).
    private static final int FRAME_BYTES_MIN = 64;

    private static final int ARP_FRAME_BYTES = Ethernet.TAGGED_HEADER_BYTES + Arp.BYTES;

    private final Context context;
    private final PacketPool pool;
    private final IcmpErrors errors;
    private final NeighbourTable table;
    private final ReadyNeighbours ready;
    private final TokenBucket limit = new TokenBucket(REQUESTS_PER_SECOND, REQUESTS_BURST);
    private int cursor;

    Neighbours(Context context, SegmentAllocator memory, PacketPool pool, IcmpErrors errors) {
        this.context = context;
        this.pool = pool;
        this.errors = errors;
        table = new NeighbourTable(memory);
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
        int neighbour = table.find(address);
        if (neighbour == NeighbourTable.NONE && isForUs) {
            neighbour = table.add(address);
        }
        if (neighbour == NeighbourTable.NONE || table.isPermanent(neighbour)) {
            return;
        }
        table.confirm(neighbour, mac, nowNanos);
        ready.remove(address);
        sendHeld(neighbour);
    }

    private void sendHeld(int neighbour) {
        long waiting = table.release(neighbour);
        if (waiting != PacketPool.NONE) {
            send(waiting, table.mac(neighbour));
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

    /// Sends an IP packet to a neighbour, at once or when ARP has found it.
    void deliver(long packet, int nextHop, long nowNanos) {
        int neighbour = table.find(nextHop);
        if (neighbour == NeighbourTable.NONE) {
            neighbour = table.add(nextHop);
            if (neighbour == NeighbourTable.NONE) {
                context.drop(packet, Counter.DROP_NEIGHBOURS_FULL);
                return;
            }
            table.hold(neighbour, packet);
            request(neighbour, Ethernet.BROADCAST, nowNanos);
        } else if (table.isComplete(neighbour)) {
            ready.put(nextHop, table.mac(neighbour), freshUntilNanos(neighbour, nowNanos));
            send(packet, table.mac(neighbour));
            refresh(neighbour, nowNanos);
        } else {
            long earlier = table.release(neighbour);
            if (earlier != PacketPool.NONE) {
                context.drop(earlier, Counter.DROP_ARP_PENDING);
            }
            table.hold(neighbour, packet);
        }
    }

    private long freshUntilNanos(int neighbour, long nowNanos) {
        return table.isPermanent(neighbour)
                ? nowNanos + Long.MAX_VALUE / 2
                : table.confirmedNanos(neighbour) + REFRESH_NANOS;
    }

    /// The headers of neighbours to whom packets may go without more ado.
    ReadyNeighbours ready() {
        return ready;
    }

    private void send(long packet, long mac) {
        Access access = context.access;
        long frame = Mbuf.push(packet, Ethernet.TAGGED_HEADER_BYTES);
        Ethernet.putTagged(frame, mac, access.gatewayMac(), access.vlan(), Ethernet.TYPE_IPV4);
        pad(packet);
        context.outputs.toCustomer(packet);
    }

    /// Asks a neighbour in use again before its entry expires (unicast poll, RFC 1122, 2.3.2.1).
    private void refresh(int neighbour, long nowNanos) {
        if (nowNanos - table.confirmedNanos(neighbour) > REFRESH_NANOS
                && !table.isPermanent(neighbour)
                && (table.requests(neighbour) == 0
                        || nowNanos - table.requestedNanos(neighbour) > RETRY_NANOS)) {
            request(neighbour, table.mac(neighbour), nowNanos);
        }
    }

    private void request(int neighbour, long destination, long nowNanos) {
        if (!limit.take(nowNanos)) {
            return;
        }
        long packet = pool.allocate();
        if (packet == PacketPool.NONE) {
            context.counters.increment(Counter.DROP_NO_BUFFER);
            return;
        }
        Access access = context.access;
        long frame = Mbuf.data(packet);
        Ethernet.putTagged(
                frame, destination, access.gatewayMac(), access.vlan(), Ethernet.TYPE_ARP);
        Arp.put(
                frame + Ethernet.TAGGED_HEADER_BYTES,
                Arp.REQUEST,
                access.gatewayMac(),
                access.gateway(),
                0,
                table.address(neighbour));
        Mbuf.setLength(packet, ARP_FRAME_BYTES);
        pad(packet);
        table.requested(neighbour, nowNanos);
        context.counters.increment(Counter.ARP_REQUESTS_SENT);
        context.outputs.toCustomer(packet);
    }

    static void pad(long packet) {
        int length = Mbuf.length(packet);
        if (length < FRAME_BYTES_MIN) {
            long end = Mbuf.data(packet);
            for (int i = length; i < FRAME_BYTES_MIN; i++) {
                Memory.putByte(end + i, 0);
            }
            Mbuf.setLength(packet, FRAME_BYTES_MIN);
        }
    }

    /// Looks after one neighbour: asks again, gives up, forgets.
    void sweep(long nowNanos) {
        if (table.size() == 0) {
            return;
        }
        cursor = cursor + 1 < table.size() ? cursor + 1 : 0;
        int neighbour = cursor;
        if (table.isComplete(neighbour)) {
            boolean isExpired = nowNanos - table.confirmedNanos(neighbour) > EXPIRY_NANOS;
            if (isExpired && !table.isPermanent(neighbour)) {
                remove(neighbour);
            }
        } else if (table.requests(neighbour) == 0
                || nowNanos - table.requestedNanos(neighbour) >= RETRY_NANOS) {
            if (table.requests(neighbour) < REQUESTS_MAX) {
                request(neighbour, Ethernet.BROADCAST, nowNanos);
            } else {
                giveUp(neighbour, nowNanos);
            }
        }
    }

    private void giveUp(int neighbour, long nowNanos) {
        long waiting = table.release(neighbour);
        remove(neighbour);
        if (waiting != PacketPool.NONE) {
            errors.hostUnreachable(waiting, Counter.DROP_HOST_UNREACHABLE, nowNanos);
        }
    }

    /// A neighbour by configuration; false if the table is full.
    boolean putPermanent(int address, long mac, long nowNanos) {
        int known = table.find(address);
        int neighbour = known == NeighbourTable.NONE ? table.add(address) : known;
        if (neighbour == NeighbourTable.NONE) {
            return false;
        }
        table.confirm(neighbour, mac, nowNanos);
        table.setPermanent(neighbour, true);
        ready.remove(address);
        sendHeld(neighbour);
        return true;
    }

    /// False if there is no such neighbour.
    boolean removePermanent(int address) {
        int neighbour = table.find(address);
        if (neighbour == NeighbourTable.NONE || !table.isPermanent(neighbour)) {
            return false;
        }
        remove(neighbour);
        return true;
    }

    private void remove(int neighbour) {
        ready.remove(table.address(neighbour));
        table.remove(neighbour);
    }

    /// The headers that wait here hold what the access was.
    void accessHasChanged() {
        ready.clear();
    }

    /// Forgets everybody: the subnet has changed.
    void clear() {
        while (table.size() > 0) {
            long waiting = table.release(0);
            if (waiting != PacketPool.NONE) {
                context.drop(waiting, Counter.DROP_HOST_UNREACHABLE);
            }
            table.remove(0);
        }
    }
}
