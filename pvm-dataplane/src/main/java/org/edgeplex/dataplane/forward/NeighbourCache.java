package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Mbuf;

/// The neighbours of one family and what becomes of them: asked for, in use, asked again, given up,
/// forgotten (timers after RFC 1122, section 2.3.2). How they are asked is a [Protocol]'s.
///
/// Addresses are numbers here, whatever the family; a neighbour's number is valid until the next
/// removal.
final class NeighbourCache {
    static final int NONE = NeighbourTable.NONE;

    /// In place of a MAC address: ask all.
    static final long EVERYBODY = 0;

    static final long REFRESH_NANOS = 30_000_000_000L;
    static final long EXPIRY_NANOS = 120_000_000_000L;
    static final int REQUESTS_BURST = 64;

    private static final long RETRY_NANOS = 1_000_000_000L;
    private static final int REQUESTS_MAX = 3;
    private static final int REQUESTS_PER_SECOND = 500;

    private final Context context;
    private final Protocol protocol;
    private final NeighbourTable table;
    private final TokenBucket limit = new TokenBucket(REQUESTS_PER_SECOND, REQUESTS_BURST);
    private int cursor;

    /// What is different in ARP and in neighbour discovery.
    interface Protocol {
        /// Of the packets that are delivered.
        int etherType();

        /// Why a packet is dropped whose place a later one took.
        Counter pending();

        /// Asks for the MAC address, of its owner as far as known, or of [#EVERYBODY]; false if
        /// there is no buffer to do so.
        boolean ask(int address, long mac);

        /// Tells the sender of a packet that nobody answered, and takes the packet.
        void unreachable(long packet, long nowNanos);

        /// Its MAC address may be another one now.
        void confirmed(int address);

        /// It is no neighbour any more.
        void forgotten(int address);
    }

    NeighbourCache(Context context, SegmentAllocator memory, Protocol protocol) {
        this.context = context;
        this.protocol = protocol;
        table = new NeighbourTable(memory);
    }

    /// The neighbour's number, or [#NONE].
    int find(int address) {
        return table.find(address);
    }

    /// A new neighbour, of whom nothing is known yet, or [#NONE] if there are too many.
    int add(int address) {
        return table.add(address);
    }

    boolean isComplete(int neighbour) {
        return table.isComplete(neighbour);
    }

    boolean isPermanent(int neighbour) {
        return table.isPermanent(neighbour);
    }

    long mac(int neighbour) {
        return table.mac(neighbour);
    }

    /// Until when packets may go without a look at the neighbour.
    long freshUntilNanos(int neighbour, long nowNanos) {
        return table.isPermanent(neighbour)
                ? nowNanos + Long.MAX_VALUE / 2
                : table.confirmedNanos(neighbour) + REFRESH_NANOS;
    }

    /// It said its MAC address, or somebody did who must know.
    void confirm(int neighbour, long mac, long nowNanos) {
        table.confirm(neighbour, mac, nowNanos);
        protocol.confirmed(table.address(neighbour));
        long waiting = table.release(neighbour);
        if (waiting != PacketPool.NONE) {
            send(waiting, mac);
        }
    }

    /// By configuration.
    void confirmForEver(int neighbour, long mac, long nowNanos) {
        table.setPermanent(neighbour, true);
        confirm(neighbour, mac, nowNanos);
    }

    /// False unless it was confirmed for ever.
    boolean removePermanent(int neighbour) {
        if (neighbour == NONE || !table.isPermanent(neighbour)) {
            return false;
        }
        remove(neighbour);
        return true;
    }

    /// Sends an IP packet to a neighbour, at once or when it has been found.
    void deliver(long packet, int neighbour, long nowNanos) {
        if (table.isComplete(neighbour)) {
            context.tracer.neighbour(true);
            send(packet, table.mac(neighbour));
            refresh(neighbour, nowNanos);
            return;
        }
        long earlier = table.release(neighbour);
        if (earlier != PacketPool.NONE) {
            context.drop(earlier, protocol.pending());
        }
        table.hold(neighbour, packet);
    }

    /// The same for one that was just added.
    void deliverFirst(long packet, int neighbour, long nowNanos) {
        context.tracer.neighbour(false);
        table.hold(neighbour, packet);
        ask(neighbour, EVERYBODY, nowNanos);
    }

    private void send(long packet, long mac) {
        Access access = context.access;
        long frame = Mbuf.push(packet, Ethernet.TAGGED_HEADER_BYTES);
        Ethernet.putTagged(frame, mac, access.gatewayMac(), access.vlan(), protocol.etherType());
        Ethernet.pad(packet);
        context.outputs.toCustomer(packet);
    }

    /// Asks a neighbour in use again before its entry expires (unicast poll, RFC 1122, 2.3.2.1).
    private void refresh(int neighbour, long nowNanos) {
        if (nowNanos - table.confirmedNanos(neighbour) > REFRESH_NANOS
                && !table.isPermanent(neighbour)
                && (table.requests(neighbour) == 0
                        || nowNanos - table.requestedNanos(neighbour) > RETRY_NANOS)) {
            ask(neighbour, table.mac(neighbour), nowNanos);
        }
    }

    private void ask(int neighbour, long mac, long nowNanos) {
        if (limit.take(nowNanos) && protocol.ask(table.address(neighbour), mac)) {
            table.requested(neighbour, nowNanos);
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
                ask(neighbour, EVERYBODY, nowNanos);
            } else {
                giveUp(neighbour, nowNanos);
            }
        }
    }

    private void giveUp(int neighbour, long nowNanos) {
        long waiting = table.release(neighbour);
        remove(neighbour);
        if (waiting != PacketPool.NONE) {
            protocol.unreachable(waiting, nowNanos);
        }
    }

    private void remove(int neighbour) {
        protocol.forgotten(table.address(neighbour));
        table.remove(neighbour);
    }

    /// Forgets everybody: the subnet has changed.
    void clear() {
        while (table.size() > 0) {
            long waiting = table.release(0);
            if (waiting != PacketPool.NONE) {
                context.drop(waiting, Counter.DROP_HOST_UNREACHABLE);
            }
            remove(0);
        }
    }
}
