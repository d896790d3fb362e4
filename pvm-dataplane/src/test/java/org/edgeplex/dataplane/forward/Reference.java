package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Bits.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.Ipv6Prefix;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// What a forwarder does, written for reading: arrays of bytes, copies, linear searches. It shares
/// no code with the packet path but the records that configure both.
///
/// It knows neither ARP nor neighbour discovery, nor rate limits: all neighbours are configured.
final class Reference {
    final Map<Integer, Adjacency> adjacencies = new HashMap<>();
    final Map<Integer, List<Integer>> groups = new HashMap<>();
    final Map<Ipv4Prefix, Integer> routes = new HashMap<>();
    final Map<Ipv6Prefix, Integer> routes6 = new HashMap<>();
    final Map<Integer, ForwardingUpdate.OfLabel> labels = new HashMap<>();
    final Map<Ipv4Address, MacAddress> neighbours = new HashMap<>();
    final Map<Ipv6Address, MacAddress> neighbours6 = new HashMap<>();
    final Map<Direction, List<AclRule>> rules = new EnumMap<>(Direction.class);
    Access access;

    final List<byte[]> toPort = new ArrayList<>();
    final List<byte[]> toTap = new ArrayList<>();
    final Map<Counter, Long> drops = new EnumMap<>(Counter.class);

    final ReferenceIpv4 ipv4 = new ReferenceIpv4(this);
    final ReferenceIpv6 ipv6 = new ReferenceIpv6(this);

    enum Origin {
        CUSTOMER,
        CORE,
        SELF
    }

    Reference(Access access) {
        this.access = access;
    }

    /// The updates that both are configured with.
    void apply(ForwardingUpdate update) {
        switch (update) {
            case ForwardingUpdate.SetAccess(Access now) -> access = now;
            case ForwardingUpdate.PutAdjacency(int index, Adjacency adjacency) ->
                    adjacencies.put(index, adjacency);
            case ForwardingUpdate.PutGroup(int number, Group group) ->
                    groups.put(number, group.members());
            case ForwardingUpdate.PutRoute(Ipv4Prefix prefix, int adjacency) ->
                    routes.put(prefix, adjacency);
            case ForwardingUpdate.PutIpv6Route(Ipv6Prefix prefix, int adjacency) ->
                    routes6.put(prefix, adjacency);
            case ForwardingUpdate.BindVpnLabel bind -> labels.put(bind.label().value(), bind);
            case ForwardingUpdate.BindTransportLabel bind -> labels.put(bind.label().value(), bind);
            case ForwardingUpdate.BindSwitchedLabel bind -> labels.put(bind.label().value(), bind);
            case ForwardingUpdate.PutNeighbour(Ipv4Address address, MacAddress mac) ->
                    neighbours.put(address, mac);
            case ForwardingUpdate.PutIpv6Neighbour(Ipv6Address address, MacAddress mac) ->
                    neighbours6.put(address, mac);
            case ForwardingUpdate.SetAcl _ -> {} // its rules are put beside it
            default -> throw new AssertionError("not known here: " + update);
        }
    }

    void fromPort(byte[] frame) {
        toPort.clear();
        toTap.clear();
        drops.clear();
        if (frame.length < 18) {
            drop(Counter.DROP_TRUNCATED);
        } else if (pair(frame, 12) == 0x8847) {
            labelled(frame);
        } else if (pair(frame, 12) != 0x8100) {
            drop(Counter.DROP_UNKNOWN_ETHERTYPE);
        } else if ((pair(frame, 14) & 0xfff) != access.vlan()) {
            drop(Counter.DROP_FOREIGN_VLAN);
        } else if (pair(frame, 16) == 0x0800) {
            ipv4.fromCustomer(frame);
        } else if (pair(frame, 16) == 0x86dd && access.ipv6().isOn()) {
            ipv6.fromCustomer(frame);
        } else {
            drop(Counter.DROP_UNKNOWN_ETHERTYPE);
        }
    }

    void drop(Counter reason) {
        drops.merge(reason, 1L, Long::sum);
    }

    static long mac(byte[] frame) {
        return number(frame, 0, 6).longValueExact();
    }

    boolean isGroup(byte[] frame) {
        return (frame[0] & 1) != 0;
    }

    boolean isPipe() {
        return access.labelTreatment().ttlModel() == LabelTreatment.TtlModel.PIPE;
    }

    private void labelled(byte[] frame) {
        if (mac(frame) != access.coreMac()) {
            drop(Counter.DROP_FOREIGN_MAC);
            return;
        }
        int ttl = 255;
        int trafficClass = octet(frame, 14 + 2) >> 1 & 7;
        for (int depth = 0, at = 14; depth < 4; depth++, at += 4) {
            if (frame.length < at + 4) {
                drop(Counter.DROP_TRUNCATED);
                return;
            }
            int label = word(frame, at) >>> 12;
            boolean isBottom = (octet(frame, at + 2) & 1) != 0;
            ttl = isPipe() ? octet(frame, at + 3) : Math.min(ttl, octet(frame, at + 3));
            boolean isNull = label == 0 || label == 2;
            ForwardingUpdate.OfLabel bound = labels.get(label);
            if (bound == null && !isNull) {
                drop(Counter.DROP_UNKNOWN_LABEL);
                return;
            }
            if (bound instanceof ForwardingUpdate.BindSwitchedLabel(_, int adjacency)) {
                switchLabel(from(frame, at + 4), adjacency, isBottom, trafficClass, ttl);
                return;
            }
            boolean isToTable = bound instanceof ForwardingUpdate.BindVpnLabel;
            if (isBottom && isToTable) {
                uncovered(from(frame, at + 4), label, trafficClass, ttl);
                return;
            }
            if (isBottom || isToTable && !isNull) {
                drop(Counter.DROP_LABEL_STACK);
                return;
            }
        }
        drop(Counter.DROP_LABEL_STACK);
    }

    private void uncovered(byte[] packet, int label, int trafficClass, int ttl) {
        boolean isIpv6 =
                access.ipv6().isOn()
                        && label != 0
                        && packet.length > 0
                        && octet(packet, 0) >> 4 == 6;
        if (isIpv6) {
            ipv6.fromCore(packet, trafficClass, ttl);
        } else {
            ipv4.fromCore(packet, label == 2, trafficClass, ttl);
        }
    }

    private void switchLabel(
            byte[] rest, int adjacency, boolean wasBottom, int trafficClass, int ttl) {
        if (ttl <= 1) {
            drop(Counter.DROP_TTL_EXPIRED);
            return;
        }
        switch (adjacencies.get(adjacency)) {
            case Adjacency.Labelled to -> {
                if (rest.length + 4 * to.labels().size() > access.mtuBytes() + 12) {
                    drop(Counter.DROP_TOO_BIG);
                    return;
                }
                byte[] frame = labels(to, rest, trafficClass, ttl - 1);
                int last = 14 + 4 * (to.labels().size() - 1);
                frame[last + 2] = (byte) (frame[last + 2] & 0xfe | (wasBottom ? 1 : 0));
                toPort.add(frame);
            }
            case Adjacency.Popped to -> pop(rest, to, wasBottom, ttl - 1);
            case null, default -> drop(Counter.DROP_NO_LSP);
        }
    }

    private void pop(byte[] rest, Adjacency.Popped to, boolean wasBottom, int ttl) {
        boolean isIpv4 = to.payload() == Adjacency.Payload.IPV4;
        int type = !wasBottom ? 0x8847 : isIpv4 ? 0x0800 : 0x86dd;
        if (rest.length > access.mtuBytes() + 12) {
            drop(Counter.DROP_TOO_BIG);
            return;
        }
        if (!isPipe()) {
            if (!wasBottom) {
                if (rest.length < 4) {
                    drop(Counter.DROP_TRUNCATED);
                    return;
                }
                put(rest, 3, 1, Math.min(ttl, octet(rest, 3)));
            } else if (rest.length < (isIpv4 ? 20 : 40)
                    || octet(rest, 0) >> 4 != (isIpv4 ? 4 : 6)) {
                drop(Counter.DROP_IP_HEADER);
                return;
            } else if (isIpv4 && ttl < octet(rest, 8)) {
                replaceTtl(rest, ttl);
            } else if (!isIpv4) {
                put(rest, 7, 1, Math.min(ttl, octet(rest, 7)));
            }
        }
        toPort.add(frame(to.destination().bits(), to.source().bits(), type, rest));
    }

    /// RFC 1624: the checksum was not looked at, so a wrong one stays as wrong as it was.
    static void replaceTtl(byte[] header, int ttl) {
        int before = pair(header, 8);
        put(header, 8, 1, ttl);
        adjustChecksum(header, before, pair(header, 8));
    }

    static void adjustChecksum(byte[] header, int before, int after) {
        int sum = (~pair(header, 10) & 0xffff) + (~before & 0xffff) + after;
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        put(header, 10, 2, ~sum);
    }

    static byte[] frame(long destination, long source, int type, byte[] payload) {
        byte[] header = new byte[14];
        put(header, 0, 6, destination);
        put(header, 6, 6, source);
        put(header, 12, 2, type);
        return join(header, payload);
    }

    static byte[] labels(Adjacency.Labelled to, byte[] packet, int trafficClass, int ttl) {
        byte[] stack = new byte[4 * to.labels().size()];
        for (int i = 0; i < to.labels().size(); i++) {
            MplsLabel label = to.labels().get(i);
            boolean isBottom = i == to.labels().size() - 1;
            int low = trafficClass << 9 | (isBottom ? 1 << 8 : 0) | ttl;
            put(stack, 4 * i, 4, (long) label.value() << 12 | low);
        }
        return frame(to.destination().bits(), to.source().bits(), 0x8847, join(stack, packet));
    }

    void toCore(Adjacency.Labelled to, byte[] packet, int octet, int ttl) {
        int trafficClass = access.labelTreatment().trafficClasses().get(octet >> 2);
        toPort.add(labels(to, packet, trafficClass, isPipe() ? 255 : ttl));
    }

    void toCustomer(MacAddress mac, int type, byte[] packet) {
        byte[] header = new byte[18];
        put(header, 0, 6, mac.bits());
        put(header, 6, 6, access.gatewayMac());
        put(header, 12, 2, 0x8100);
        put(header, 14, 2, access.vlan());
        put(header, 16, 2, type);
        byte[] frame = join(header, packet);
        toPort.add(frame.length < 64 ? Arrays.copyOf(frame, 64) : frame);
    }

    static byte[] withoutTag(byte[] frame) {
        return join(Arrays.copyOf(frame, 12), from(frame, 16));
    }

    /// The class of the label becomes the packet's, or nothing changes.
    int octetFromCore(int trafficClass, int before) {
        List<Integer> codePoints = access.labelTreatment().codePoints();
        return codePoints.isEmpty() ? before : codePoints.get(trafficClass) << 2 | before & 3;
    }

    int resolve(int adjacency) {
        List<Integer> members = groups.get(adjacency);
        return members == null ? adjacency : members.getFirst(); // groups of one in these tests
    }

    boolean isDenied(
            Direction direction,
            boolean isIpv6,
            Ipv6Address source,
            Ipv6Address destination,
            int protocol,
            int ports,
            boolean hasPorts) {
        for (AclRule rule : rules.getOrDefault(direction, List.of())) {
            if (rule.isIpv6() == isIpv6
                    && rule.source().contains(source)
                    && rule.destination().contains(destination)
                    && (rule.protocol() == AclRule.ANY_PROTOCOL || rule.protocol() == protocol)
                    && isIn(rule.sourcePorts(), ports >>> 16, hasPorts)
                    && isIn(rule.destinationPorts(), ports & 0xffff, hasPorts)) {
                return !rule.isPermit();
            }
        }
        return false;
    }

    private static boolean isIn(AclRule.Ports range, int port, boolean hasPorts) {
        return hasPorts
                ? range.first() <= port && port <= range.last()
                : range.equals(AclRule.Ports.ALL);
    }

    static boolean isWithPorts(int protocol) {
        return protocol == 6 || protocol == 17 || protocol == 132;
    }
}
