package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.edgeplex.net.Ipv4Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The forwarder's behaviour, one packet at a time.
class ForwarderTest {
    private final ForwarderRig rig = new ForwarderRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "org.edgeplex.dataplane.forward.CustomerFixtures#toCore",
        "org.edgeplex.dataplane.forward.CustomerFixtures#payload",
        "org.edgeplex.dataplane.forward.CustomerFixtures#customerToItself",
        "org.edgeplex.dataplane.forward.CoreFixtures#fromCore",
        "org.edgeplex.dataplane.forward.LabelFixtures#imposed",
        "org.edgeplex.dataplane.forward.LabelFixtures#switched",
        "org.edgeplex.dataplane.forward.LabelFixtures#refused",
        "org.edgeplex.dataplane.forward.RefusedFixtures#frames",
        "org.edgeplex.dataplane.forward.RefusedFixtures#headers",
        "org.edgeplex.dataplane.forward.RefusedFixtures#addresses",
        "org.edgeplex.dataplane.forward.RefusedFixtures#stacks",
        "org.edgeplex.dataplane.forward.RefusedFixtures#silent",
        "org.edgeplex.dataplane.forward.IcmpFixtures#icmpErrors"
    })
    void forwards(Fixture fixture) {
        rig.neighbour(CE, CE_MAC);
        rig.neighbour(HOST, HOST_MAC);
        rig.fromPort(fixture.frame());
        assertOutcome(fixture);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.edgeplex.dataplane.forward.CoreFixtures#fromKernel")
    void forwardsForTheKernel(Fixture fixture) {
        rig.neighbour(CE, CE_MAC);
        rig.fromTap(fixture.frame());
        assertOutcome(fixture);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "org.edgeplex.dataplane.forward.Ipv6Fixtures#toCore",
        "org.edgeplex.dataplane.forward.Ipv6Fixtures#toCustomer",
        "org.edgeplex.dataplane.forward.Ipv6Fixtures#toKernel",
        "org.edgeplex.dataplane.forward.Ipv6RefusedFixtures#headers",
        "org.edgeplex.dataplane.forward.Ipv6RefusedFixtures#addresses",
        "org.edgeplex.dataplane.forward.Ipv6RefusedFixtures#silent",
        "org.edgeplex.dataplane.forward.Ipv6RefusedFixtures#errors"
    })
    void forwardsIpv6(Fixture fixture) {
        rig.ipv6();
        rig.neighbour6(CE6, CE_MAC);
        rig.neighbour6(HOST6, HOST_MAC);
        rig.fromPort(fixture.frame());
        assertOutcome(fixture);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.edgeplex.dataplane.forward.Ipv6Fixtures#fromKernel")
    void forwardsIpv6ForTheKernel(Fixture fixture) {
        rig.ipv6();
        rig.neighbour6(CE6, CE_MAC);
        rig.fromTap(fixture.frame());
        assertOutcome(fixture);
    }

    /// An error about a packet of our own would leave by the route of an earlier packet.
    @Test
    void aPacketOfOursThatNobodyTakesCausesNothing() {
        rig.adjacency(6, new Adjacency.Via(Ipv4Address.parse("10.99.0.1")));
        rig.route("10.5.0.0/16", 6);
        rig.fromTap(ofKernel(REMOTE), ofKernel(REMOTE));
        assertEquals(2, rig.sentToPort().size());

        rig.fromTap(ofKernel("10.5.0.9"));

        assertEquals(List.of(), Fixture.hex(rig.sentToPort()));
        assertEquals(1, rig.count(Counter.DROP_HOST_UNREACHABLE));
        assertEquals(0, rig.count(Counter.ICMP_ERRORS_SENT));
        assertEquals(BUFFERS, rig.pool.available(), "a packet leaked");
    }

    private static byte[] ofKernel(String destination) {
        return packet().ethernet(ROUTER_MAC, GATEWAY_MAC)
                .ipv4(GATEWAY, destination)
                .udp(1, 2, 30)
                .build();
    }

    private void assertOutcome(Fixture fixture) {
        fixture.assertOutcome(rig);
    }
}
