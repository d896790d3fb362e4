package org.edgeplex.cvm.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;

/// Reads what the kernel sends on a netlink route socket (linux/rtnetlink.h, linux/neighbour.h).
///
/// ```
///   | length (4) | type (2) | flags (2) | sequence (4) | port (4) |        struct nlmsghdr
///   | family, dst_len, src_len, tos, table, protocol, scope, type (1 each) | flags (4) |   rtmsg
///   | family (1) | pad (3) | interface (4) | state (2) | flags (1) | type (1) |            ndmsg
///   | length (2) | type (2) | value, padded to 4 |                           attribute, repeated
/// ```
///
/// Numbers are in the order of the host, addresses in network order.
final class RtnetlinkDecoder {
    static final int HEADER_BYTES = 16;
    static final int RTM_NEWROUTE = 24;
    static final int RTM_GETROUTE = 26;
    static final int RTM_NEWNEIGH = 28;
    static final int RTM_GETNEIGH = 30;

    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int BODY_BYTES = 12;
    private static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int ATTRIBUTE_TYPE_MASK = 0x3fff;
    private static final int AF_INET = 2;
    private static final int RTN_UNICAST = 1;
    private static final int RT_TABLE_MAIN = 254;
    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_PRIORITY = 6;
    private static final int RTA_MULTIPATH = 9;
    private static final int NEXT_HOP_BYTES = 8;
    private static final int NDA_DST = 1;
    private static final int NDA_LLADDR = 2;
    private static final int MAC_BYTES = 6;

    /// Reachable, stale, delay, probe or permanent: the address may be used.
    private static final int NUD_USABLE = 0x02 | 0x04 | 0x08 | 0x10 | 0x80;

    private RtnetlinkDecoder() {}

    /// All whole messages of a datagram; what is cut off at its end is not reported.
    static List<RtnetlinkMessage> decode(byte[] datagram, int length) {
        List<RtnetlinkMessage> messages = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(datagram, 0, length).order(ByteOrder.nativeOrder());
        while (in.remaining() >= HEADER_BYTES) {
            int size = in.getInt(in.position());
            if (size < HEADER_BYTES || size > in.remaining()) {
                return messages;
            }
            int type = Short.toUnsignedInt(in.getShort(in.position() + 4));
            messages.add(decode(type, slice(in, HEADER_BYTES, size)));
            in.position(Math.min(in.position() + aligned(size), in.limit()));
        }
        return messages;
    }

    private static RtnetlinkMessage decode(int type, ByteBuffer body) {
        return switch (type) {
            case NLMSG_DONE -> new RtnetlinkMessage.Done();
            case NLMSG_ERROR ->
                    body.remaining() < Integer.BYTES
                            ? new RtnetlinkMessage.Other(type)
                            : new RtnetlinkMessage.Refused(-body.getInt(0));
            case RTM_NEWROUTE -> decodeRoute(body);
            case RTM_NEWNEIGH -> decodeNeighbor(body);
            default -> new RtnetlinkMessage.Other(type);
        };
    }

    private static RtnetlinkMessage decodeRoute(ByteBuffer body) {
        RtnetlinkMessage other = new RtnetlinkMessage.Other(RTM_NEWROUTE);
        if (body.remaining() < BODY_BYTES
                || body.get(0) != AF_INET
                || Byte.toUnsignedInt(body.get(4)) != RT_TABLE_MAIN
                || body.get(7) != RTN_UNICAST
                || Byte.toUnsignedInt(body.get(1)) > Ipv4Prefix.LENGTH_MAX) {
            return other;
        }
        Map<Integer, ByteBuffer> attributes = attributes(slice(body, BODY_BYTES, body.remaining()));
        Ipv4Prefix destination =
                Ipv4Prefix.containing(address(attributes, RTA_DST, Ipv4Address.ANY), body.get(1));
        List<RtnetlinkMessage.Hop> hops = new ArrayList<>();
        if (attributes.containsKey(RTA_OIF)) {
            hops.add(hop(number(attributes, RTA_OIF), attributes, destination.address()));
        }
        ByteBuffer multipath = attributes.get(RTA_MULTIPATH);
        if (multipath != null) {
            addHops(multipath, destination.address(), hops);
        }
        return hops.isEmpty()
                ? other
                : new RtnetlinkMessage.Route(
                        destination,
                        Integer.toUnsignedLong(number(attributes, RTA_PRIORITY)),
                        List.copyOf(hops));
    }

    /// `| length (2) | flags (1) | hops (1) | interface (4) | attributes |`, repeated.
    private static void addHops(
            ByteBuffer in, Ipv4Address connected, List<RtnetlinkMessage.Hop> hops) {
        while (in.remaining() >= NEXT_HOP_BYTES) {
            int size = Short.toUnsignedInt(in.getShort(in.position()));
            if (size < NEXT_HOP_BYTES || size > in.remaining()) {
                return;
            }
            int interfaceIndex = in.getInt(in.position() + 4);
            hops.add(hop(interfaceIndex, attributes(slice(in, NEXT_HOP_BYTES, size)), connected));
            in.position(Math.min(in.position() + aligned(size), in.limit()));
        }
    }

    private static RtnetlinkMessage.Hop hop(
            int interfaceIndex, Map<Integer, ByteBuffer> attributes, Ipv4Address connected) {
        return new RtnetlinkMessage.Hop(
                interfaceIndex, address(attributes, RTA_GATEWAY, connected));
    }

    private static RtnetlinkMessage decodeNeighbor(ByteBuffer body) {
        RtnetlinkMessage other = new RtnetlinkMessage.Other(RTM_NEWNEIGH);
        if (body.remaining() < BODY_BYTES
                || body.get(0) != AF_INET
                || (Short.toUnsignedInt(body.getShort(8)) & NUD_USABLE) == 0) {
            return other;
        }
        Map<Integer, ByteBuffer> attributes = attributes(slice(body, BODY_BYTES, body.remaining()));
        ByteBuffer mac = attributes.get(NDA_LLADDR);
        if (!attributes.containsKey(NDA_DST) || mac == null || mac.remaining() != MAC_BYTES) {
            return other;
        }
        ByteBuffer bytes = mac.order(ByteOrder.BIG_ENDIAN);
        long bits = Short.toUnsignedLong(bytes.getShort(0)) << 32 | bytes.getInt(2) & 0xffff_ffffL;
        return new RtnetlinkMessage.Neighbor(
                body.getInt(4),
                address(attributes, NDA_DST, Ipv4Address.ANY),
                new MacAddress(bits));
    }

    private static Map<Integer, ByteBuffer> attributes(ByteBuffer in) {
        Map<Integer, ByteBuffer> attributes = new HashMap<>();
        while (in.remaining() >= ATTRIBUTE_HEADER_BYTES) {
            int size = Short.toUnsignedInt(in.getShort(in.position()));
            int type = in.getShort(in.position() + 2) & ATTRIBUTE_TYPE_MASK;
            if (size < ATTRIBUTE_HEADER_BYTES || size > in.remaining()) {
                return attributes;
            }
            attributes.put(type, slice(in, ATTRIBUTE_HEADER_BYTES, size));
            in.position(Math.min(in.position() + aligned(size), in.limit()));
        }
        return attributes;
    }

    private static Ipv4Address address(
            Map<Integer, ByteBuffer> attributes, int type, Ipv4Address absent) {
        ByteBuffer value = attributes.get(type);
        return value == null || value.remaining() != Integer.BYTES
                ? absent
                : new Ipv4Address(value.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(0));
    }

    private static int number(Map<Integer, ByteBuffer> attributes, int type) {
        ByteBuffer value = attributes.get(type);
        return value == null || value.remaining() != Integer.BYTES ? 0 : value.getInt(0);
    }

    /// The bytes from..to, counted from the position of `in`.
    private static ByteBuffer slice(ByteBuffer in, int from, int to) {
        return in.slice(in.position() + from, to - from).order(ByteOrder.nativeOrder());
    }

    private static int aligned(int size) {
        return size + 3 & ~3;
    }
}
