package org.edgeplex.bgp.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;

/// Messages whose bytes stand in `wire/NAME.hex`.
final class Fixtures {
    static final Set<AddressFamily> FAMILIES =
            Set.of(AddressFamily.IPV4_UNICAST, AddressFamily.VPN_IPV4);
    static final DecodeContext INTERNAL = new DecodeContext(PeerType.INTERNAL, true, FAMILIES);
    static final DecodeContext EXTERNAL = new DecodeContext(PeerType.EXTERNAL, true, FAMILIES);
    static final DecodeContext TWO_OCTET = new DecodeContext(PeerType.EXTERNAL, false, FAMILIES);

    private static final AsNumber BIG_AS = new AsNumber(4_200_000_001L);
    private static final AsNumber AS = new AsNumber(65001);
    private static final Ipv4Address ROUTER = Ipv4Address.parse("10.0.0.1");

    /// A message, and how it is to be read.
    record Fixture(Message message, DecodeContext context) {}

    private Fixtures() {}

    static Map<String, Fixture> all() {
        Map<String, Fixture> all = new LinkedHashMap<>();
        all.put("open-four-octet-as", internal(fourOctetOpen()));
        all.put(
                "open-without-capabilities",
                internal(new Message.Open(AS, 180, ROUTER, List.of())));
        all.put(
                "open-unknown-capability",
                internal(
                        new Message.Open(
                                AS,
                                0,
                                ROUTER,
                                List.of(new Capability.Unknown(64, Octets.parseHex("8078"))))));
        all.put("keepalive", internal(new Message.Keepalive()));
        all.put("route-refresh-vpn", internal(new Message.RouteRefresh(AddressFamily.VPN_IPV4)));
        all.put("notification-shutdown", internal(shutdown()));
        all.put("update-ipv4", new Fixture(Message.Update.of(ipv4()), EXTERNAL));
        all.put(
                "update-ipv4-withdraw",
                new Fixture(
                        Message.Update.of(
                                new RouteUpdate.Withdrawn(
                                        AddressFamily.IPV4_UNICAST,
                                        List.of(nlri("10.1.0.0/16"), nlri("10.2.3.4/32")))),
                        EXTERNAL));
        all.put("update-vpn", internal(Message.Update.of(vpn())));
        all.put(
                "update-vpn-withdraw",
                internal(
                        Message.Update.of(
                                new RouteUpdate.Withdrawn(
                                        AddressFamily.VPN_IPV4,
                                        List.of(vpnNlri("192.168.1.0/24"))))));
        for (AddressFamily family : List.of(AddressFamily.IPV4_UNICAST, AddressFamily.VPN_IPV4)) {
            all.put(
                    "end-of-rib-" + family,
                    internal(Message.Update.of(RouteUpdate.Withdrawn.endOfRib(family))));
        }
        all.put(
                "update-as4-path",
                new Fixture(Message.Update.of(throughTwoOctetPeer()), TWO_OCTET));
        return all;
    }

    private static Fixture internal(Message message) {
        return new Fixture(message, INTERNAL);
    }

    private static Message.Open fourOctetOpen() {
        return new Message.Open(
                BIG_AS,
                90,
                ROUTER,
                List.of(
                        new Capability.Multiprotocol(AddressFamily.IPV4_UNICAST),
                        new Capability.Multiprotocol(AddressFamily.VPN_IPV4),
                        new Capability.RouteRefresh(),
                        new Capability.FourOctetAs(BIG_AS)));
    }

    private static Message.Notification shutdown() {
        byte[] words = "maintenance".getBytes(StandardCharsets.UTF_8);
        byte[] data = new byte[words.length + 1];
        data[0] = (byte) words.length;
        System.arraycopy(words, 0, data, 1, words.length);
        return Message.Notification.of(
                NotificationCode.CEASE, Cease.ADMINISTRATIVE_SHUTDOWN.subcode(), data);
    }

    static Nlri.Ipv4 nlri(String prefix) {
        return new Nlri.Ipv4(Ipv4Prefix.parse(prefix));
    }

    static Nlri.VpnIpv4 vpnNlri(String prefix) {
        return new Nlri.VpnIpv4(RouteDistinguisher.parse("65000:7"), Ipv4Prefix.parse(prefix));
    }

    private static RouteUpdate.Announced ipv4() {
        PathAttributes attributes =
                PathAttributes.originated(PathAttribute.Origin.EGP)
                        .with(
                                new AsPath(
                                        List.of(
                                                new AsPath.Segment(
                                                        AsPath.Kind.SEQUENCE, List.of(AS, BIG_AS)),
                                                new AsPath.Segment(AsPath.Kind.SET, List.of(AS)))))
                        .withMultiExitDisc(50)
                        .with(new PathAttribute.AtomicAggregate())
                        .with(new PathAttribute.Aggregator(BIG_AS, ROUTER))
                        .with(new PathAttribute.Communities(List.of(65001 << 16 | 7, 0xffffff01)))
                        .with(
                                new PathAttribute.LargeCommunities(
                                        List.of(new LargeCommunity(65001, 1, 2))))
                        .with(new PathAttribute.Unknown(99, true, true, Octets.parseHex("c0de")));
        return new RouteUpdate.Announced(
                AddressFamily.IPV4_UNICAST,
                ROUTER,
                attributes,
                List.of(
                        new Reachable.Unlabeled(nlri("0.0.0.0/0")),
                        new Reachable.Unlabeled(nlri("10.1.2.0/24")),
                        new Reachable.Unlabeled(nlri("10.1.2.128/25"))));
    }

    static RouteUpdate.Announced vpn() {
        PathAttributes attributes =
                PathAttributes.originated(PathAttribute.Origin.IGP)
                        .withLocalPref(100)
                        .withRouteTargets(List.of(RouteTarget.parse("65000:1")))
                        .with(new PathAttribute.OriginatorId(ROUTER))
                        .with(
                                new PathAttribute.ClusterList(
                                        List.of(Ipv4Address.parse("10.0.0.9"))));
        return new RouteUpdate.Announced(
                AddressFamily.VPN_IPV4,
                ROUTER,
                attributes,
                List.of(
                        new Reachable.Labeled(vpnNlri("192.168.1.0/24"), new MplsLabel(101)),
                        new Reachable.Labeled(vpnNlri("0.0.0.0/0"), MplsLabel.IMPLICIT_NULL)));
    }

    private static RouteUpdate.Announced throughTwoOctetPeer() {
        PathAttributes attributes =
                PathAttributes.originated(PathAttribute.Origin.IGP)
                        .with(AsPath.sequence(AS, BIG_AS, AS))
                        .with(new PathAttribute.Aggregator(BIG_AS, ROUTER));
        return new RouteUpdate.Announced(
                AddressFamily.IPV4_UNICAST,
                ROUTER,
                attributes,
                List.of(new Reachable.Unlabeled(nlri("10.0.0.0/8"))));
    }

    static byte[] encode(Fixture fixture) {
        if (fixture.message() instanceof Message.Update(List<RouteUpdate> changes, _)) {
            return new UpdateEncoder(fixture.context().fourOctetAs())
                    .encode(changes.getFirst())
                    .getFirst();
        }
        return MessageCodec.encode(fixture.message());
    }

    /// Bytes of a resource: hex in any arrangement, `#` starts a comment.
    static byte[] read(String resource) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/wire/" + resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String hex =
                    text.lines()
                            .map(line -> line.replaceAll("#.*|\\s", ""))
                            .collect(Collectors.joining());
            return HexFormat.of().parseHex(hex);
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }
}
