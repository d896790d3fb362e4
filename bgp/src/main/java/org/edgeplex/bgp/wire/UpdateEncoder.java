package org.edgeplex.bgp.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// Writes changes of routes as UPDATE messages, as many routes in each as 4096 octets hold.
///
/// IPv4 unicast goes into the classic fields, everything else into MP_REACH_NLRI and
/// MP_UNREACH_NLRI, which then come first (RFC 7606, section 5.1).
public final class UpdateEncoder {
    /// Withdrawn routes length and total path attribute length.
    private static final int LENGTH_FIELDS_BYTES = 4;

    private static final int BODY_BYTES_MAX = Message.BYTES_MAX - Message.HEADER_BYTES;

    /// AFI, SAFI, next hop length, route distinguisher 0, next hop, reserved.
    private static final int MP_REACH_FIXED_BYTES = 2 + 1 + 1 + 8 + 4 + 1;

    private static final int MP_UNREACH_FIXED_BYTES = 2 + 1;
    private static final int MP_HEADER_BYTES = 4;

    private final boolean fourOctetAs;

    public UpdateEncoder(boolean fourOctetAs) {
        this.fourOctetAs = fourOctetAs;
    }

    /// Whole messages, header included.
    ///
    /// Routes whose attributes leave no room for even one of them cannot be told (RFC 4271, section
    /// 9.2): they are withdrawn instead, so that the peer does not keep what was before.
    public List<byte[]> encode(RouteUpdate change) {
        return switch (change) {
            case RouteUpdate.Announced announced -> encodeAnnounced(announced);
            case RouteUpdate.Withdrawn withdrawn -> encodeWithdrawn(withdrawn);
        };
    }

    private List<byte[]> encodeAnnounced(RouteUpdate.Announced announced) {
        boolean classic = announced.family().equals(AddressFamily.IPV4_UNICAST);
        byte[] attributes = encodeAttributes(announced, classic);
        int room =
                BODY_BYTES_MAX
                        - LENGTH_FIELDS_BYTES
                        - attributes.length
                        - (classic ? 0 : MP_HEADER_BYTES + MP_REACH_FIXED_BYTES);
        List<byte[]> routes = announced.routes().stream().map(NlriCodec::encode).toList();
        int longest = routes.stream().mapToInt(route -> route.length).max().orElse(0);
        if (longest > room) {
            return encodeWithdrawn(
                    new RouteUpdate.Withdrawn(
                            announced.family(),
                            announced.routes().stream().map(Reachable::nlri).toList()));
        }
        return pack(
                routes,
                room,
                nlri -> {
                    OctetWriter body = new OctetWriter().u16(0);
                    if (classic) {
                        return body.u16(attributes.length).bytes(attributes).bytes(nlri);
                    }
                    OctetWriter mpReach = new OctetWriter();
                    encodeMpReach(mpReach, announced, nlri);
                    return body.u16(mpReach.length() + attributes.length)
                            .bytes(mpReach.toBytes())
                            .bytes(attributes);
                });
    }

    private static void encodeMpReach(
            OctetWriter out, RouteUpdate.Announced announced, byte[] nlri) {
        OctetWriter value = new OctetWriter();
        value.u16(announced.family().afi()).u8(announced.family().safi());
        value.u8(Long.BYTES + Integer.BYTES).u64(0).u32(announced.nextHop().bits());
        value.u8(0).bytes(nlri);
        AttributeCodec.encode(out, Iana.FLAG_OPTIONAL, Iana.MP_REACH_NLRI, value.toBytes());
    }

    private static List<byte[]> encodeWithdrawn(RouteUpdate.Withdrawn withdrawn) {
        AddressFamily family = withdrawn.family();
        boolean classic = family.equals(AddressFamily.IPV4_UNICAST);
        int room =
                BODY_BYTES_MAX
                        - LENGTH_FIELDS_BYTES
                        - (classic ? 0 : MP_HEADER_BYTES + MP_UNREACH_FIXED_BYTES);
        List<byte[]> routes = withdrawn.routes().stream().map(NlriCodec::encodeWithdrawn).toList();
        return pack(
                routes.isEmpty() ? List.of(new byte[0]) : routes,
                room,
                nlri -> {
                    if (classic) {
                        return new OctetWriter().u16(nlri.length).bytes(nlri).u16(0);
                    }
                    OctetWriter value = new OctetWriter();
                    value.u16(family.afi()).u8(family.safi()).bytes(nlri);
                    OctetWriter attribute = new OctetWriter();
                    AttributeCodec.encode(
                            attribute, Iana.FLAG_OPTIONAL, Iana.MP_UNREACH_NLRI, value.toBytes());
                    return new OctetWriter()
                            .u16(0)
                            .u16(attribute.length())
                            .bytes(attribute.toBytes());
                });
    }

    private static List<byte[]> pack(
            List<byte[]> routes, int room, Function<byte[], OctetWriter> toBody) {
        List<byte[]> messages = new ArrayList<>();
        OctetWriter nlri = new OctetWriter();
        boolean any = false;
        for (byte[] route : routes) {
            if (any && nlri.length() + route.length > room) {
                messages.add(MessageCodec.frame(Iana.UPDATE, toBody.apply(nlri.toBytes())));
                nlri = new OctetWriter();
            }
            nlri.bytes(route);
            any = true;
        }
        if (any) {
            messages.add(MessageCodec.frame(Iana.UPDATE, toBody.apply(nlri.toBytes())));
        }
        return messages;
    }

    private byte[] encodeAttributes(RouteUpdate.Announced announced, boolean withNextHop) {
        OctetWriter out = new OctetWriter();
        boolean nextHopWritten = !withNextHop;
        PathAttributes attributes = announced.attributes();
        for (PathAttribute attribute : attributes.all()) {
            if (!nextHopWritten && attribute.code() > Iana.NEXT_HOP) {
                encodeNextHop(out, announced.nextHop());
                nextHopWritten = true;
            }
            int flags =
                    attribute.category().flags()
                            | (attributes.isPartial(attribute) ? Iana.FLAG_PARTIAL : 0);
            byte[] value = AttributeCodec.encodeValue(attribute, fourOctetAs);
            AttributeCodec.encode(out, flags, attribute.code(), value);
        }
        if (!nextHopWritten) {
            encodeNextHop(out, announced.nextHop());
        }
        if (!fourOctetAs) {
            encodeAs4(out, attributes);
        }
        return out.toBytes();
    }

    private static void encodeNextHop(OctetWriter out, Ipv4Address nextHop) {
        AttributeCodec.encode(out, Iana.FLAG_TRANSITIVE, Iana.NEXT_HOP, nextHop.toBytes());
    }

    /// RFC 6793, section 4.2.2: what a two-octet peer must pass on without understanding it.
    private static void encodeAs4(OctetWriter out, PathAttributes attributes) {
        int flags = Iana.FLAG_OPTIONAL | Iana.FLAG_TRANSITIVE;
        AsPath path = attributes.asPath();
        if (!path.fitsTwoOctets()) {
            AsPath outside =
                    new AsPath(
                            path.segments().stream()
                                    .filter(segment -> !segment.kind().isConfed())
                                    .toList());
            byte[] value = AttributeCodec.encodeValue(outside, true);
            AttributeCodec.encode(out, flags, Iana.AS4_PATH, value);
        }
        attributes
                .find(PathAttribute.Aggregator.class)
                .filter(aggregator -> !isTwoOctet(aggregator.as()))
                .ifPresent(aggregator ->
                        AttributeCodec.encode(
                                out,
                                flags,
                                Iana.AS4_AGGREGATOR,
                                AttributeCodec.encodeValue(aggregator, true)));
    }

    private static boolean isTwoOctet(AsNumber as) {
        return as.fitsTwoOctets();
    }
}
