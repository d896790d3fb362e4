package org.edgeplex.controller.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.Lifecycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderingTest {
    private static final AccessId ID = new AccessId(new NodeId("red", "pe1"), "red-1");

    @Test
    void anAccessBecomesAnAttachment() {
        Ipv4Address ce = Ipv4Address.parse("172.16.1.2");
        VpnNetworkAccess access =
                new VpnNetworkAccess(
                        "red-1",
                        "ce-red",
                        new VpnNetworkAccess.Ipv4Link(Ipv4Address.parse("172.16.1.1"), 30),
                        1500,
                        new AccessRouting.Bgp(new AsNumber(65101), ce, 9, 1000));
        Attachment attachment =
                Rendering.attachment(
                        ID, access, Lifecycle.ACTIVE, new AsNumber(65000), 258, 3, 101);
        assertEquals("red/pe1/red-1", attachment.name());
        assertEquals("172.16.1.0/30", attachment.link().toString());
        assertEquals("02:ed:6e:00:01:02", attachment.gatewayMac().toString());
        assertFalse(attachment.gatewayMac().isGroup());
        assertEquals(
                new CustomerRouting.Bgp(new AsNumber(65000), new AsNumber(65101), ce, 9, 1000),
                attachment.routing());
    }

    @Test
    void aNodeBecomesAVrf() {
        RouteTarget target = RouteTarget.parse("65000:1");
        var vrf =
                Rendering.vrf(
                        ID.node(),
                        new VpnNode(
                                "pe1",
                                RouteDistinguisher.parse("65000:1"),
                                List.of(target),
                                List.of()));
        assertEquals("red/pe1", vrf.name());
        assertEquals(List.of(target), vrf.importTargets());
        assertEquals(List.of(), vrf.exportTargets());
    }

    @ParameterizedTest(name = "{0} in {1}/{2}: {3}")
    @CsvSource({
        "172.16.1.1, 172.16.1.1, 30, true",
        "172.16.1.0, 172.16.1.1, 30, false",
        "172.16.1.3, 172.16.1.1, 30, false",
        "172.16.1.4, 172.16.1.1, 30, false",
        "172.16.1.0, 172.16.1.1, 31, true",
        "172.16.1.1, 172.16.1.1, 31, true",
        "172.16.1.2, 172.16.1.1, 31, false",
        "10.255.255.254, 10.0.0.1, 8, true",
    })
    void aLinkKnowsItsHosts(String address, String gateway, int length, boolean isHost) {
        var link = new VpnNetworkAccess.Ipv4Link(Ipv4Address.parse(gateway), length);
        assertEquals(isHost, link.hasHost(Ipv4Address.parse(address)));
    }

    @Test
    void namesAreReadBack() {
        assertEquals(ID, AccessId.parse(ID.toString()));
    }
}
