package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Mbuf;

/// The neighbours of the customer's side in IPv6, and delivery to them: what [Neighbours] is for
/// IPv4, with the same states, timers and limits. What is said on the wire is of
/// [Ipv6Solicitations].
final class Ipv6Neighbours {
    private final Context context;
    private final Icmpv6Errors errors;
    private final Ipv6Solicitations solicitations;
    private final NeighbourTable table;
    private final Ipv6Handles handles;
    private final TokenBucket limit =
            new TokenBucket(Neighbours.REQUESTS_PER_SECOND, Neighbours.REQUESTS_BURST);
    private int cursor;

    Ipv6Neighbours(
            Context context,
            SegmentAllocator memory,
            Icmpv6Errors errors,
            Ipv6Solicitations solicitations) {
        this.context = context;
        this.errors = errors;
        this.solicitations = solicitations;
        table = new NeighbourTable(memory);
        handles = new Ipv6Handles(memory, NeighbourTable.NEIGHBOURS_MAX);
    }

    private int find(long high, long low) {
        int handle = handles.find(high, low);
        return handle == Ipv6Handles.NONE ? NeighbourTable.NONE : table.find(handle);
    }

    private int add(long high, long low) {
        int handle = handles.take(high, low);
        if (handle == Ipv6Handles.NONE) {
            return NeighbourTable.NONE;
        }
        int neighbour = table.add(handle);
        if (neighbour == NeighbourTable.NONE) {
            handles.giveBack(handle);
        }
        return neighbour;
    }

    private void remove(int neighbour) {
        handles.giveBack(table.address(neighbour));
        table.remove(neighbour);
    }

    /// Somebody who speaks to us says its MAC address (RFC 4861, section 7.2.3).
    void heard(long high, long low, long mac, long nowNanos) {
        if (!mayBeLearned(high, low, mac)) {
            return;
        }
        int neighbour = find(high, low);
        if (neighbour == NeighbourTable.NONE) {
            neighbour = add(high, low);
        }
        if (neighbour != NeighbourTable.NONE && !table.isPermanent(neighbour)) {
            confirm(neighbour, mac, nowNanos);
        }
    }

    /// An advertisement: changes whom we know, and tells of nobody else (RFC 4861, 7.2.5).
    void advertised(long high, long low, long mac, boolean isOverriding, long nowNanos) {
        int neighbour = find(high, low);
        if (neighbour == NeighbourTable.NONE
                || table.isPermanent(neighbour)
                || !mayBeLearned(high, low, mac)) {
            return;
        }
        if (!table.isComplete(neighbour) || isOverriding || table.mac(neighbour) == mac) {
            confirm(neighbour, mac, nowNanos);
        }
    }

    private boolean mayBeLearned(long high, long low, long mac) {
        return mac != 0
                && !Ethernet.isGroup(mac)
                && mac != context.access.gatewayMac()
                && context.ipv6.isOnLink(high, low)
                && context.ipv6.isForeignUnicast(high, low);
    }

    private void confirm(int neighbour, long mac, long nowNanos) {
        table.confirm(neighbour, mac, nowNanos);
        long waiting = table.release(neighbour);
        if (waiting != PacketPool.NONE) {
            send(waiting, mac);
        }
    }

    /// Sends an IPv6 packet to a neighbour, at once or when it has been found.
    void deliver(long packet, long high, long low, long nowNanos) {
        int neighbour = find(high, low);
        if (neighbour == NeighbourTable.NONE) {
            neighbour = add(high, low);
            if (neighbour == NeighbourTable.NONE) {
                context.drop(packet, Counter.DROP_NEIGHBOURS_FULL);
                return;
            }
            table.hold(neighbour, packet);
            solicit(neighbour, Ipv6Solicitations.TO_GROUP, nowNanos);
        } else if (table.isComplete(neighbour)) {
            send(packet, table.mac(neighbour));
            refresh(neighbour, nowNanos);
        } else {
            long earlier = table.release(neighbour);
            if (earlier != PacketPool.NONE) {
                context.drop(earlier, Counter.DROP_ND_PENDING);
            }
            table.hold(neighbour, packet);
        }
    }

    private void send(long packet, long mac) {
        Access access = context.access;
        long frame = Mbuf.push(packet, Ethernet.TAGGED_HEADER_BYTES);
        Ethernet.putTagged(frame, mac, access.gatewayMac(), access.vlan(), Ethernet.TYPE_IPV6);
        Neighbours.pad(packet);
        context.outputs.toCustomer(packet);
    }

    /// Asks a neighbour in use again before its entry expires.
    private void refresh(int neighbour, long nowNanos) {
        if (nowNanos - table.confirmedNanos(neighbour) > Neighbours.REFRESH_NANOS
                && !table.isPermanent(neighbour)
                && (table.requests(neighbour) == 0
                        || nowNanos - table.requestedNanos(neighbour) > Neighbours.RETRY_NANOS)) {
            solicit(neighbour, table.mac(neighbour), nowNanos);
        }
    }

    private void solicit(int neighbour, long mac, long nowNanos) {
        int handle = table.address(neighbour);
        if (limit.take(nowNanos)
                && solicitations.send(handles.high(handle), handles.low(handle), mac)) {
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
            boolean isExpired =
                    nowNanos - table.confirmedNanos(neighbour) > Neighbours.EXPIRY_NANOS;
            if (isExpired && !table.isPermanent(neighbour)) {
                remove(neighbour);
            }
        } else if (table.requests(neighbour) == 0
                || nowNanos - table.requestedNanos(neighbour) >= Neighbours.RETRY_NANOS) {
            if (table.requests(neighbour) < Neighbours.REQUESTS_MAX) {
                solicit(neighbour, Ipv6Solicitations.TO_GROUP, nowNanos);
            } else {
                giveUp(neighbour, nowNanos);
            }
        }
    }

    private void giveUp(int neighbour, long nowNanos) {
        long waiting = table.release(neighbour);
        remove(neighbour);
        if (waiting != PacketPool.NONE) {
            errors.addressUnreachable(waiting, Counter.DROP_HOST_UNREACHABLE, nowNanos);
        }
    }

    /// A neighbour by configuration; false if the table is full.
    boolean putPermanent(long high, long low, long mac, long nowNanos) {
        int known = find(high, low);
        int neighbour = known == NeighbourTable.NONE ? add(high, low) : known;
        if (neighbour == NeighbourTable.NONE) {
            return false;
        }
        table.setPermanent(neighbour, true);
        confirm(neighbour, mac, nowNanos);
        return true;
    }

    /// False if there is no such neighbour.
    boolean removePermanent(long high, long low) {
        int neighbour = find(high, low);
        if (neighbour == NeighbourTable.NONE || !table.isPermanent(neighbour)) {
            return false;
        }
        remove(neighbour);
        return true;
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
