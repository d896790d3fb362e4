package org.edgeplex.bgp.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.net.RouteDistinguisher;
import org.junit.jupiter.api.Test;

final class UpdateEncoderTest {
    private static final int ROUTES = 1000;

    private static RouteUpdate.Announced vpnRoutes(PathAttributes attributes) {
        List<Reachable> routes = new ArrayList<>();
        for (int i = 0; i < ROUTES; i++) {
            Ipv4Prefix prefix = new Ipv4Prefix(new Ipv4Address(0x0a00_0000 | i << 8), 24);
            routes.add(
                    new Reachable.Labeled(
                            new Nlri.VpnIpv4(new RouteDistinguisher(7), prefix),
                            new MplsLabel(100 + i)));
        }
        return new RouteUpdate.Announced(
                AddressFamily.VPN_IPV4, Ipv4Address.parse("10.0.0.1"), attributes, routes);
    }

    @Test
    void routesThatShareAttributesShareFullMessages() throws MalformedMessage {
        RouteUpdate.Announced announced =
                vpnRoutes(PathAttributes.originated(PathAttribute.Origin.IGP).withLocalPref(1));
        List<byte[]> messages = new UpdateEncoder(true).encode(announced);
        assertEquals(4, messages.size()); // 15 octets each, some 4030 in a message
        List<Reachable> read = new ArrayList<>();
        for (byte[] message : messages) {
            assertTrue(message.length <= Message.BYTES_MAX);
            Message.Update update =
                    (Message.Update) MessageCodec.decode(message, Fixtures.INTERNAL);
            read.addAll(
                    assertInstanceOf(RouteUpdate.Announced.class, update.changes().getFirst())
                            .routes());
        }
        assertEquals(announced.routes(), read);
    }

    @Test
    void withdrawalsAreSplitToo() throws MalformedMessage {
        RouteUpdate.Announced announced = vpnRoutes(PathAttributes.EMPTY);
        List<Nlri> gone = announced.routes().stream().map(Reachable::nlri).toList();
        List<Nlri> read = new ArrayList<>();
        for (byte[] message :
                new UpdateEncoder(true)
                        .encode(new RouteUpdate.Withdrawn(AddressFamily.VPN_IPV4, gone))) {
            Message.Update update =
                    (Message.Update) MessageCodec.decode(message, Fixtures.INTERNAL);
            read.addAll(
                    assertInstanceOf(RouteUpdate.Withdrawn.class, update.changes().getFirst())
                            .routes());
        }
        assertEquals(gone, read);
    }

    @Test
    void routesWhoseAttributesDoNotFitAreWithdrawn() throws MalformedMessage {
        PathAttributes huge =
                PathAttributes.originated(PathAttribute.Origin.IGP)
                        .with(new PathAttribute.Communities(Collections.nCopies(1020, 7)));
        for (byte[] message : new UpdateEncoder(true).encode(vpnRoutes(huge))) {
            Message.Update update =
                    (Message.Update) MessageCodec.decode(message, Fixtures.INTERNAL);
            assertInstanceOf(RouteUpdate.Withdrawn.class, update.changes().getFirst());
        }
    }
}
