package org.edgeplex.bgp.machine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// External BGP with IPv4 unicast, FRR being the customer's router.
@Tag("machine")
@Timeout(300)
final class FrrCustomerEdgeTest {
    private static final String CONFIGURATION =
            """
            router bgp 65010
             bgp router-id 10.9.0.1
             no bgp ebgp-requires-policy
             no bgp network import-check
             neighbor 10.9.0.2 remote-as 65000
             neighbor 10.9.0.2 timers connect 2
             address-family ipv4 unicast
              network 172.30.1.0/24
             exit-address-family
            exit
            """;

    @Test
    void routesAndWithdrawalsGoBothWays() throws Exception {
        try (Wire wire = new Wire();
                Frr frr = new Frr(wire, CONFIGURATION);
                SpeakerProcess speaker =
                        new SpeakerProcess(
                                wire,
                                "65000",
                                Wire.OUR_ADDRESS,
                                Wire.PEER_ADDRESS,
                                "65010",
                                "ipv4")) {
            speaker.await("established");
            Commands.await(
                    "Established as FRR says",
                    () -> frr.json("show bgp neighbors 10.9.0.2 json"),
                    json -> json.contains("\"bgpState\":\"Established\""));
            String learnt = speaker.await("announced 172.30.1.0/24 via 10.9.0.1");
            assertTrue(learnt.contains("path [65010]"), learnt);

            speaker.say("announce 192.168.7.0/24");
            Commands.await(
                    "our route at FRR",
                    () -> frr.json("show bgp ipv4 unicast 192.168.7.0/24 json"),
                    json ->
                            json.contains("\"valid\":true")
                                    && json.contains("\"string\":\"65000\""));
            speaker.say("withdraw 192.168.7.0/24");
            Commands.await(
                    "our withdrawal at FRR",
                    () -> frr.json("show bgp ipv4 unicast json"),
                    json -> !json.contains("192.168.7.0/24"));

            frr.vtysh(
                    "configure terminal",
                    "router bgp 65010",
                    "address-family ipv4 unicast",
                    "no network 172.30.1.0/24");
            speaker.await("withdrawn 172.30.1.0/24");
        }
    }
}
