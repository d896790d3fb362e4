package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Ethernet;

/// The neighbours of the customer's side in IPv6, and delivery to them: what [Neighbours] is for
/// IPv4. What is said on the wire is of [Ipv6Solicitations].
final class Ipv6Neighbours implements NeighbourCache.Protocol {
    private final Context context;
    private final Icmpv6Errors errors;
    private final Ipv6Solicitations solicitations;
    private final NeighbourCache cache;
    private final Ipv6Handles handles;

    Ipv6Neighbours(
            Context context,
            SegmentAllocator memory,
            Icmpv6Errors errors,
            Ipv6Solicitations solicitations) {
        this.context = context;
        this.errors = errors;
        this.solicitations = solicitations;
        cache = new NeighbourCache(context, memory, this);
        handles = new Ipv6Handles(memory, NeighbourTable.NEIGHBOURS_MAX);
    }

    private int find(long high, long low) {
        int handle = handles.find(high, low);
        return handle == Ipv6Handles.NONE ? NeighbourCache.NONE : cache.find(handle);
    }

    private int add(long high, long low) {
        int handle = handles.take(high, low);
        if (handle == Ipv6Handles.NONE) {
            return NeighbourCache.NONE;
        }
        int neighbour = cache.add(handle);
        if (neighbour == NeighbourCache.NONE) {
            handles.giveBack(handle);
        }
        return neighbour;
    }

    /// Somebody who speaks to us says its MAC address (RFC 4861, section 7.2.3).
    void heard(long high, long low, long mac, long nowNanos) {
        if (!mayBeLearned(high, low, mac)) {
            return;
        }
        int neighbour = find(high, low);
        if (neighbour == NeighbourCache.NONE) {
            neighbour = add(high, low);
        }
        if (neighbour != NeighbourCache.NONE && !cache.isPermanent(neighbour)) {
            cache.confirm(neighbour, mac, nowNanos);
        }
    }

    /// An advertisement: changes whom we know, and tells of nobody else (RFC 4861, 7.2.5).
    void advertised(long high, long low, long mac, boolean isOverriding, long nowNanos) {
        int neighbour = find(high, low);
        if (neighbour == NeighbourCache.NONE
                || cache.isPermanent(neighbour)
                || !mayBeLearned(high, low, mac)) {
            return;
        }
        if (!cache.isComplete(neighbour) || isOverriding || cache.mac(neighbour) == mac) {
            cache.confirm(neighbour, mac, nowNanos);
        }
    }

    private boolean mayBeLearned(long high, long low, long mac) {
        return mac != 0
                && !Ethernet.isGroup(mac)
                && mac != context.access.gatewayMac()
                && context.ipv6.isOnLink(high, low)
                && context.ipv6.isForeignUnicast(high, low);
    }

    /// Sends an IPv6 packet to a neighbour, at once or when it has been found.
    void deliver(long packet, long high, long low, long nowNanos) {
        int known = find(high, low);
        if (known != NeighbourCache.NONE) {
            cache.deliver(packet, known, nowNanos);
            return;
        }
        int added = add(high, low);
        if (added == NeighbourCache.NONE) {
            context.drop(packet, Counter.DROP_NEIGHBOURS_FULL);
        } else {
            cache.deliverFirst(packet, added, nowNanos);
        }
    }

    @Override
    public int etherType() {
        return Ethernet.TYPE_IPV6;
    }

    @Override
    public Counter pending() {
        return Counter.DROP_ND_PENDING;
    }

    @Override
    public boolean ask(int address, long mac) {
        return solicitations.send(handles.high(address), handles.low(address), mac);
    }

    @Override
    public void unreachable(long packet, long nowNanos) {
        errors.addressUnreachable(packet, Counter.DROP_HOST_UNREACHABLE, nowNanos);
    }

    @Override
    public void confirmed(int address) {
        // Nothing is kept beside the cache.
    }

    @Override
    public void forgotten(int address) {
        handles.giveBack(address);
    }

    /// Looks after one neighbour.
    void sweep(long nowNanos) {
        cache.sweep(nowNanos);
    }

    /// A neighbour by configuration; false if the table is full.
    boolean putPermanent(long high, long low, long mac, long nowNanos) {
        int known = find(high, low);
        int neighbour = known == NeighbourCache.NONE ? add(high, low) : known;
        if (neighbour == NeighbourCache.NONE) {
            return false;
        }
        cache.confirmForEver(neighbour, mac, nowNanos);
        return true;
    }

    /// False if there is no such neighbour.
    boolean removePermanent(long high, long low) {
        return cache.removePermanent(find(high, low));
    }

    /// Forgets everybody: the subnet has changed.
    void clear() {
        cache.clear();
    }
}
