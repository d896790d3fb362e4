package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Bits.*;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.edgeplex.dataplane.forward.Reference.Origin;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;

/// IPv4 in the [Reference].
final class ReferenceIpv4 {
    private static final int BROADCAST = -1;

    private final Reference all;
    private int identification;

    ReferenceIpv4(Reference all) {
        this.all = all;
    }

    void fromCustomer(byte[] frame) {
        Access access = all.access;
        byte[] padded = from(frame, 18);
        boolean isGroup = all.isGroup(frame);
        if (Reference.mac(frame) != access.gatewayMac() && !isGroup) {
            all.drop(Counter.DROP_FOREIGN_MAC);
            return;
        }
        if (isInvalid(padded)) {
            return;
        }
        byte[] packet = Arrays.copyOf(padded, pair(padded, 2));
        int source = word(packet, 12);
        int destination = word(packet, 16);
        boolean isFromNowhere = source == 0 && destination == BROADCAST;
        if (!isFromNowhere && (!isUnicast(source) || source == access.gateway())) {
            all.drop(Counter.DROP_MARTIAN);
        } else if (isDenied(Direction.FROM_CUSTOMER, packet)) {
            all.drop(Counter.DROP_ACL_FROM_CUSTOMER);
        } else if (destination == access.gateway()
                || destination == BROADCAST
                || isSubnetBroadcast(destination)
                || destination >>> 8 == 0xe00000) {
            all.toTap.add(Reference.withoutTag(frame));
        } else if (isGroup || destination >>> 28 == 14) {
            all.drop(Counter.DROP_MULTICAST);
        } else if (!isUnicast(destination)) {
            all.drop(Counter.DROP_MARTIAN);
        } else if (octet(packet, 8) <= 1) {
            all.drop(Counter.DROP_TTL_EXPIRED);
            error(packet, 11, 0, 0);
        } else {
            route(packet, octet(packet, 8) - 1, Origin.CUSTOMER);
        }
    }

    void fromCore(byte[] padded, boolean isOtherFamily, int trafficClass, int stackTtl) {
        if (isInvalid(padded)) {
            return;
        }
        if (isOtherFamily) {
            all.drop(Counter.DROP_IP_HEADER);
            return;
        }
        byte[] packet = Arrays.copyOf(padded, pair(padded, 2));
        int source = word(packet, 12);
        int destination = word(packet, 16);
        int own = octet(packet, 8);
        int ttl = all.isPipe() ? own : Math.min(own, stackTtl);
        int before = pair(packet, 0);
        put(packet, 1, 1, all.octetFromCore(trafficClass, octet(packet, 1)));
        if (before != pair(packet, 0)) {
            Reference.adjustChecksum(packet, before, pair(packet, 0));
        }
        if (!isUnicast(source) || source == all.access.gateway()) {
            all.drop(Counter.DROP_MARTIAN);
        } else if (isDenied(Direction.FROM_CORE, packet)) {
            all.drop(Counter.DROP_ACL_FROM_CORE);
        } else if (destination == all.access.gateway()) {
            long mac = all.access.gatewayMac();
            all.toTap.add(Reference.frame(mac, TapInput.ROUTER_MAC, 0x0800, packet));
        } else if (isSubnetBroadcast(destination) || destination >>> 28 == 14) {
            all.drop(Counter.DROP_MULTICAST);
        } else if (!isUnicast(destination)) {
            all.drop(Counter.DROP_MARTIAN);
        } else if (ttl <= 1) {
            all.drop(Counter.DROP_TTL_EXPIRED);
            error(packet, 11, 0, 0);
        } else {
            route(packet, ttl - 1, Origin.CORE);
        }
    }

    private boolean isInvalid(byte[] packet) {
        Optional<Counter> reason = fault(packet);
        reason.ifPresent(all::drop);
        return reason.isPresent();
    }

    private static Optional<Counter> fault(byte[] packet) {
        if (packet.length < 20) {
            return Optional.of(Counter.DROP_TRUNCATED);
        }
        int headerBytes = headerBytes(packet);
        int total = pair(packet, 2);
        if (octet(packet, 0) >> 4 != 4 || headerBytes < 20 || total < headerBytes) {
            return Optional.of(Counter.DROP_IP_HEADER);
        }
        if (total > packet.length) {
            return Optional.of(Counter.DROP_TRUNCATED);
        }
        return checksum(packet, 0, headerBytes) == 0
                ? Optional.empty()
                : Optional.of(Counter.DROP_IP_CHECKSUM);
    }

    private static int headerBytes(byte[] packet) {
        return (packet[0] & 0xf) * 4;
    }

    private static boolean isUnicast(int address) {
        int net = address >>> 24;
        return net != 0 && net != 127 && net < 224;
    }

    private boolean isSubnetBroadcast(int address) {
        int hostBits = 32 - all.access.prefixLength();
        return hostBits > 1 && address == (all.access.gateway() | (1 << hostBits) - 1);
    }

    private boolean isDenied(Direction direction, byte[] packet) {
        int protocol = octet(packet, 9);
        int at = headerBytes(packet);
        boolean hasPorts =
                Reference.isWithPorts(protocol)
                        && (pair(packet, 6) & 0x1fff) == 0
                        && packet.length >= at + 4;
        return all.isDenied(
                direction,
                false,
                mapped(word(packet, 12)),
                mapped(word(packet, 16)),
                protocol,
                hasPorts ? word(packet, at) : 0,
                hasPorts);
    }

    private static Ipv6Address mapped(int address) {
        return new Ipv6Address(0, 0xffff_0000_0000L | address & 0xffff_ffffL);
    }

    private void route(byte[] packet, int ttl, Origin origin) {
        Ipv4Address destination = new Ipv4Address(word(packet, 16));
        Optional<Integer> found =
                all.routes.entrySet().stream()
                        .filter(route -> route.getKey().contains(destination))
                        .max(Comparator.comparingInt(route -> route.getKey().length()))
                        .map(Map.Entry::getValue);
        if (found.isEmpty()) {
            unreachable(packet, 0, Counter.DROP_NO_ROUTE, origin);
            return;
        }
        Adjacency adjacency = all.adjacencies.get(all.resolve(found.get()));
        if (!(adjacency instanceof Adjacency.Labelled)
                && !(adjacency instanceof Adjacency.Connected)
                && !(adjacency instanceof Adjacency.Via)) {
            unreachable(packet, 0, Counter.DROP_NO_LSP, origin);
        } else if (adjacency instanceof Adjacency.Labelled && origin == Origin.CORE) {
            all.drop(Counter.DROP_NOT_LOCAL);
        } else if (packet.length <= all.access.mtuBytes()) {
            leave(packet, ttl, adjacency, origin);
        } else if ((pair(packet, 6) & 0x4000) == 0) {
            fragment(packet, ttl, adjacency, origin);
        } else {
            all.drop(Counter.DROP_TOO_BIG);
            if (origin != Origin.SELF) {
                error(packet, 3, 4, all.access.mtuBytes());
            }
        }
    }

    private void leave(byte[] packet, int ttl, Adjacency adjacency, Origin origin) {
        if (octet(packet, 8) != ttl) {
            Reference.replaceTtl(packet, ttl);
        }
        switch (adjacency) {
            case Adjacency.Labelled to -> all.toCore(to, packet, octet(packet, 1), ttl);
            case Adjacency.Via(Ipv4Address nextHop) -> deliver(packet, nextHop, origin);
            default -> deliver(packet, new Ipv4Address(word(packet, 16)), origin);
        }
    }

    private void deliver(byte[] packet, Ipv4Address nextHop, Origin origin) {
        boolean isOnLink = all.access.subnet().contains(nextHop);
        if (isOnLink && nextHop.bits() != all.access.gateway()) {
            MacAddress mac = all.neighbours.get(nextHop);
            if (mac == null) {
                throw new AssertionError("all neighbours should be known: " + nextHop);
            }
            all.toCustomer(mac, 0x0800, packet);
        } else {
            unreachable(packet, 1, Counter.DROP_HOST_UNREACHABLE, origin);
        }
    }

    private void unreachable(byte[] packet, int code, Counter reason, Origin origin) {
        all.drop(reason);
        if (origin != Origin.SELF) {
            error(packet, 3, code, 0);
        }
    }

    private void fragment(byte[] packet, int ttl, Adjacency adjacency, Origin origin) {
        int headerBytes = headerBytes(packet);
        int step = (all.access.mtuBytes() - headerBytes) / 8 * 8;
        int dataBytes = packet.length - headerBytes;
        if ((dataBytes + step - 1) / step > 32) {
            all.drop(Counter.DROP_TOO_BIG);
            return;
        }
        int before = pair(packet, 6);
        for (int from = 0; from < dataBytes; from += step) {
            int to = Math.min(dataBytes, from + step);
            byte[] header = Arrays.copyOf(packet, headerBytes);
            if (from > 0) {
                blankOptions(header);
            }
            int more = to < dataBytes ? 0x2000 : before & 0x2000;
            put(header, 2, 2, headerBytes + to - from);
            put(header, 6, 2, more | (before & 0x1fff) + from / 8);
            put(header, 10, 2, 0);
            put(header, 10, 2, checksum(header, 0, headerBytes));
            byte[] data = Arrays.copyOfRange(packet, headerBytes + from, headerBytes + to);
            leave(join(header, data), ttl, adjacency, origin);
        }
    }

    private static void blankOptions(byte[] header) {
        int at = 20;
        while (at < header.length && header[at] != 0) {
            boolean isOne = header[at] == 1 || at + 1 == header.length;
            int bytes = isOne ? 1 : Math.max(1, octet(header, at + 1));
            int end = Math.min(header.length, at + bytes);
            if (header[at] >= 0) {
                Arrays.fill(header, at, end, (byte) 1);
            }
            at = end;
        }
    }

    private void error(byte[] packet, int type, int code, int rest) {
        boolean isIcmp = octet(packet, 9) == 1;
        int at = headerBytes(packet);
        if ((pair(packet, 6) & 0x1fff) != 0
                || isSubnetBroadcast(word(packet, 12))
                || isIcmp && packet.length <= at) {
            return;
        }
        int icmpType = isIcmp ? octet(packet, at) : 8;
        if (icmpType == 3 || icmpType == 4 || icmpType == 5 || icmpType == 11 || icmpType == 12) {
            return;
        }
        byte[] quoted = Arrays.copyOf(packet, Math.min(packet.length, 548));
        byte[] icmp = join(new byte[8], quoted);
        put(icmp, 0, 1, type);
        put(icmp, 1, 1, code);
        put(icmp, 4, 4, rest);
        put(icmp, 2, 2, checksum(icmp, 0, icmp.length));
        byte[] header = new byte[20];
        put(header, 0, 2, 0x45c0);
        put(header, 2, 2, 20 + icmp.length);
        put(header, 4, 2, identification++);
        put(header, 8, 2, 64 << 8 | 1);
        put(header, 12, 4, all.access.gateway());
        put(header, 16, 4, word(packet, 12));
        put(header, 10, 2, checksum(header, 0, 20));
        route(join(header, icmp), 64, Origin.SELF);
    }
}
