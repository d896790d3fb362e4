package org.edgeplex.pvm.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.junit.jupiter.api.Test;

class LinkPlanTest {
    private static final Ipv4Address GATEWAY = Ipv4Address.parse("192.0.2.1");
    private static final MacAddress MAC = MacAddress.parse("02:ed:00:00:00:07");
    private static final MacAddress OTHER_MAC = MacAddress.parse("02:00:00:00:00:99");
    private static final LinkSpec WANTED = new LinkSpec(GATEWAY, 24, MAC, 1500);
    private static final List<String> WAY_BACK =
            List.of(
                    "neighbour replace 192.0.0.8 lladdr 02:ed:00:00:00:07 dev ce0 nud permanent",
                    "route replace default via 192.0.0.8 dev ce0 onlink src 192.0.2.1");

    @Test
    void aFreshInterfaceGetsEverything() {
        assertEquals(
                List.of(
                        "link set dev ce0 address 02:ed:00:00:00:07",
                        "link set dev ce0 mtu 1500",
                        "link set dev ce0 up",
                        "address replace 192.0.2.1/24 dev ce0",
                        WAY_BACK.get(0),
                        WAY_BACK.get(1)),
                commands(new ObservedLink(5, false, 9000, OTHER_MAC, Map.of()), WANTED));
    }

    @Test
    void whatIsAsItShouldBeIsLeftAlone() {
        assertEquals(
                List.of(),
                commands(new ObservedLink(5, true, 1500, MAC, Map.of(GATEWAY, 24)), WANTED));
    }

    @Test
    void anotherMtuTouchesNeitherLinkNorAddress() {
        assertEquals(
                List.of("link set dev ce0 mtu 1500", WAY_BACK.get(0), WAY_BACK.get(1)),
                commands(new ObservedLink(5, true, 1400, MAC, Map.of(GATEWAY, 24)), WANTED));
    }

    @Test
    void anInterfaceThatIsUpGoesDownForItsNewMac() {
        assertEquals(
                List.of(
                        "link set dev ce0 down",
                        "link set dev ce0 address 02:ed:00:00:00:07",
                        "link set dev ce0 up",
                        WAY_BACK.get(0),
                        WAY_BACK.get(1)),
                commands(new ObservedLink(5, true, 1500, OTHER_MAC, Map.of(GATEWAY, 24)), WANTED));
    }

    @Test
    void anotherGatewayReplacesTheAddress() {
        assertEquals(
                List.of(
                        "address replace 192.0.2.1/24 dev ce0",
                        "address del 192.0.9.1/30 dev ce0",
                        WAY_BACK.get(0),
                        WAY_BACK.get(1)),
                commands(
                        new ObservedLink(
                                5, true, 1500, MAC, Map.of(Ipv4Address.parse("192.0.9.1"), 30)),
                        WANTED));
    }

    @Test
    void anotherLengthReplacesTheAddress() {
        assertEquals(
                List.of(
                        "address replace 192.0.2.1/24 dev ce0",
                        "address del 192.0.2.1/30 dev ce0",
                        WAY_BACK.get(0),
                        WAY_BACK.get(1)),
                commands(new ObservedLink(5, true, 1500, MAC, Map.of(GATEWAY, 30)), WANTED));
    }

    private static List<String> commands(ObservedLink observed, LinkSpec wanted) {
        return LinkPlan.commands("ce0", observed, wanted).stream()
                .map(arguments -> String.join(" ", arguments))
                .toList();
    }
}
