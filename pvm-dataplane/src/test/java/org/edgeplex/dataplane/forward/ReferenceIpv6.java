package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Bits.*;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeplex.dataplane.forward.Reference.Origin;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.Ipv6Prefix;
import org.edgeplex.net.MacAddress;

/// IPv6 in the [Reference].
final class ReferenceIpv6 {
    private static final Ipv6Prefix GROUPS = Ipv6Prefix.parse("ff00::/8");
    private static final Ipv6Prefix LINK = Ipv6Prefix.parse("fe80::/10");
    private static final Ipv6Address LOOPBACK = Ipv6Address.parse("::1");

    private final Reference all;

    ReferenceIpv6(Reference all) {
        this.all = all;
    }

    /// Where the upper-layer header is, as far as one looks: -1 for headers without an end.
    private record Upper(int protocol, int at) {}

    void fromCustomer(byte[] frame) {
        byte[] padded = from(frame, 18);
        boolean isGroup = all.isGroup(frame);
        if (Reference.mac(frame) != all.access.gatewayMac() && !isGroup) {
            all.drop(Counter.DROP_FOREIGN_MAC);
            return;
        }
        if (isInvalid(padded)) {
            return;
        }
        byte[] packet = Arrays.copyOf(padded, 40 + pair(padded, 4));
        Ipv6Address source = address(packet, 8);
        Ipv6Address destination = address(packet, 24);
        boolean isForUs = isOurs(destination) || isLinkGroup(destination);
        boolean isFromNowhere =
                isForUs && source.equals(Ipv6Address.ANY) && GROUPS.contains(destination);
        if (!isFromNowhere && !isForeignUnicast(source)) {
            all.drop(Counter.DROP_MARTIAN);
        } else if (isDenied(Direction.FROM_CUSTOMER, packet)) {
            all.drop(Counter.DROP_ACL_FROM_CUSTOMER);
        } else if (isForUs) {
            all.toTap.add(Reference.withoutTag(frame));
        } else if (isGroup || GROUPS.contains(destination)) {
            all.drop(Counter.DROP_MULTICAST);
        } else {
            forward(packet, octet(packet, 7), Origin.CUSTOMER);
        }
    }

    void fromCore(byte[] padded, int trafficClass, int stackTtl) {
        if (isInvalid(padded)) {
            return;
        }
        byte[] packet = Arrays.copyOf(padded, 40 + pair(padded, 4));
        int own = octet(packet, 7);
        int hopLimit = all.isPipe() ? own : Math.min(own, stackTtl);
        int octet = all.octetFromCore(trafficClass, pair(packet, 0) >> 4 & 0xff);
        put(packet, 0, 2, pair(packet, 0) & 0xf00f | octet << 4);
        Ipv6Address destination = address(packet, 24);
        if (!isForeignUnicast(address(packet, 8))) {
            all.drop(Counter.DROP_MARTIAN);
        } else if (isDenied(Direction.FROM_CORE, packet)) {
            all.drop(Counter.DROP_ACL_FROM_CORE);
        } else if (destination.equals(all.access.ipv6().gateway())) {
            long mac = all.access.gatewayMac();
            all.toTap.add(Reference.frame(mac, TapInput.ROUTER_MAC, 0x86dd, packet));
        } else if (GROUPS.contains(destination)) {
            all.drop(Counter.DROP_MULTICAST);
        } else {
            forward(packet, hopLimit, Origin.CORE);
        }
    }

    private void forward(byte[] packet, int hopLimit, Origin origin) {
        Ipv6Address destination = address(packet, 24);
        if (destination.equals(Ipv6Address.ANY) || destination.equals(LOOPBACK)) {
            all.drop(Counter.DROP_MARTIAN);
        } else if (LINK.contains(destination) || LINK.contains(address(packet, 8))) {
            all.drop(Counter.DROP_LINK_LOCAL);
        } else if (hopLimit <= 1) {
            all.drop(Counter.DROP_TTL_EXPIRED);
            error(packet, 3, 0, 0);
        } else {
            route(packet, hopLimit - 1, origin);
        }
    }

    private boolean isInvalid(byte[] packet) {
        if (packet.length < 40) {
            all.drop(Counter.DROP_TRUNCATED);
        } else if (octet(packet, 0) >> 4 != 6) {
            all.drop(Counter.DROP_IP_HEADER);
        } else if (40 + pair(packet, 4) > packet.length) {
            all.drop(Counter.DROP_TRUNCATED);
        } else {
            return false;
        }
        return true;
    }

    private static Ipv6Address address(byte[] packet, int at) {
        return new Ipv6Address(
                number(packet, at, 8).longValue(), number(packet, at + 8, 8).longValue());
    }

    private boolean isOurs(Ipv6Address address) {
        return address.equals(all.access.ipv6().gateway())
                || address.equals(Ipv6Address.linkLocal(all.access.gatewayMac()));
    }

    private static boolean isLinkGroup(Ipv6Address address) {
        return GROUPS.contains(address) && (address.high() >>> 48 & 0xf) <= 2;
    }

    private boolean isForeignUnicast(Ipv6Address address) {
        return !GROUPS.contains(address)
                && !address.equals(Ipv6Address.ANY)
                && !address.equals(LOOPBACK)
                && !isOurs(address);
    }

    private static Upper upper(byte[] packet) {
        int next = octet(packet, 6);
        int at = 40;
        for (int count = 0; count < 8; count++) {
            if (!List.of(0, 43, 44, 51, 60).contains(next)) {
                return new Upper(next, at);
            }
            if (at + 8 > packet.length) {
                return new Upper(-1, 0);
            }
            int header = next;
            next = octet(packet, at);
            if (header == 44 && (pair(packet, at + 2) & 0xfff8) != 0) {
                return new Upper(next, 0);
            }
            int length = octet(packet, at + 1);
            at += header == 44 ? 8 : header == 51 ? (length + 2) * 4 : (length + 1) * 8;
        }
        return new Upper(-1, 0);
    }

    private boolean isDenied(Direction direction, byte[] packet) {
        Upper upper = upper(packet);
        boolean hasPorts =
                Reference.isWithPorts(upper.protocol)
                        && upper.at > 0
                        && packet.length >= upper.at + 4;
        return all.isDenied(
                direction,
                true,
                address(packet, 8),
                address(packet, 24),
                upper.protocol < 0 ? 255 : upper.protocol,
                hasPorts ? word(packet, upper.at) : 0,
                hasPorts);
    }

    private void route(byte[] packet, int hopLimit, Origin origin) {
        Ipv6Address destination = address(packet, 24);
        Optional<Integer> found =
                all.routes6.entrySet().stream()
                        .filter(route -> route.getKey().contains(destination))
                        .max(Comparator.comparingInt(route -> route.getKey().length()))
                        .map(Map.Entry::getValue);
        if (found.isEmpty()) {
            unreachable(packet, 0, Counter.DROP_NO_ROUTE, origin);
            return;
        }
        Adjacency adjacency = all.adjacencies.get(all.resolve(found.get()));
        if (adjacency instanceof Adjacency.Labelled && origin == Origin.CORE) {
            all.drop(Counter.DROP_NOT_LOCAL);
        } else if (packet.length > all.access.mtuBytes()) {
            all.drop(Counter.DROP_TOO_BIG);
            if (origin != Origin.SELF) {
                error(packet, 2, 0, all.access.mtuBytes());
            }
        } else {
            switch (adjacency) {
                case Adjacency.Labelled to -> {
                    put(packet, 7, 1, hopLimit);
                    all.toCore(to, packet, pair(packet, 0) >> 4 & 0xff, hopLimit);
                }
                case Adjacency.ViaIpv6(Ipv6Address nextHop) ->
                        deliver(packet, nextHop, hopLimit, origin);
                case Adjacency.Connected() -> deliver(packet, destination, hopLimit, origin);
                case null, default -> unreachable(packet, 0, Counter.DROP_NO_LSP, origin);
            }
        }
    }

    private void deliver(byte[] packet, Ipv6Address nextHop, int hopLimit, Origin origin) {
        Ipv6Link link = all.access.ipv6();
        Ipv6Prefix subnet = Ipv6Prefix.containing(link.gateway(), link.prefixLength());
        if ((subnet.contains(nextHop) || LINK.contains(nextHop)) && !isOurs(nextHop)) {
            MacAddress mac = all.neighbours6.get(nextHop);
            if (mac == null) {
                throw new AssertionError("all neighbours should be known: " + nextHop);
            }
            put(packet, 7, 1, hopLimit);
            all.toCustomer(mac, 0x86dd, packet);
        } else {
            unreachable(packet, 3, Counter.DROP_HOST_UNREACHABLE, origin);
        }
    }

    private void unreachable(byte[] packet, int code, Counter reason, Origin origin) {
        all.drop(reason);
        if (origin != Origin.SELF) {
            error(packet, 1, code, 0);
        }
    }

    private void error(byte[] packet, int type, int code, int rest) {
        Upper upper = upper(packet);
        if (upper.protocol < 0) {
            return;
        }
        if (upper.protocol == 58) {
            boolean isSeen = upper.at > 0 && upper.at < packet.length;
            int inner = isSeen ? octet(packet, upper.at) : 0;
            if (inner < 128 || inner == 137) {
                return;
            }
        }
        byte[] icmp = join(new byte[8], Arrays.copyOf(packet, Math.min(packet.length, 1232)));
        put(icmp, 0, 1, type);
        put(icmp, 1, 1, code);
        put(icmp, 4, 4, rest);
        byte[] header = new byte[40];
        put(header, 0, 4, 0x6c00_0000L);
        put(header, 4, 2, icmp.length);
        put(header, 6, 2, 58 << 8 | 64);
        put(header, 8, 8, all.access.ipv6().gateway().high());
        put(header, 16, 8, all.access.ipv6().gateway().low());
        System.arraycopy(packet, 8, header, 24, 16);
        byte[] pseudo = new byte[8];
        put(pseudo, 0, 4, icmp.length);
        put(pseudo, 7, 1, 58);
        byte[] covered = join(from(header, 8), pseudo, icmp);
        put(icmp, 2, 2, checksum(covered, 0, covered.length));
        route(join(header, icmp), 64, Origin.SELF);
    }
}
