package org.edgeplex.bgp.machine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// VPN-IPv4 with FRR's bgpd as the route reflector of two of our speakers.
@Tag("machine")
@Timeout(300)
final class FrrRouteReflectorTest {
    /// With its duplicate suppression, FRR 8.4 does not pass on a change of the label alone.
    private static final String CONFIGURATION =
            """
            log file /var/run/frr/bgpd.log
            route-map RT permit 10
             set extcommunity rt 65000:1
            exit
            router bgp 65000
             bgp router-id 10.9.0.1
             no bgp default ipv4-unicast
             no bgp suppress-duplicates
             neighbor PE peer-group
             neighbor PE remote-as 65000
             neighbor PE timers connect 2
             neighbor 10.9.0.2 peer-group PE
             neighbor 10.9.0.3 peer-group PE
             address-family ipv4 vpn
              neighbor PE activate
              neighbor PE route-reflector-client
              network 172.16.1.0/24 rd 65000:9 label 909 route-map RT
             exit-address-family
            exit
            """;

    private Wire wire = new Wire();
    private Frr frr = startFrr();

    private Frr startFrr() {
        try {
            return new Frr(wire, CONFIGURATION);
        } catch (IOException error) {
            throw new AssertionError(error);
        }
    }

    @BeforeEach
    void daemonsAnswer() {
        assertTrue(frr.vtysh("show version").contains("FRR"));
    }

    @AfterEach
    void cleanUp() {
        frr.close();
        wire.close();
    }

    private SpeakerProcess speaker(String address) throws IOException {
        return new SpeakerProcess(wire, "65000", address, Wire.PEER_ADDRESS, "65000", "vpn");
    }

    private void awaitInFrr(String what, String command, String text) {
        Commands.await(what, () -> frr.json(command), json -> json.contains(text));
    }

    private void awaitNotInFrr(String what, String command, String text) {
        Commands.await(what, () -> frr.json(command), json -> !json.contains(text));
    }

    @Test
    void routesGoThroughTheReflectorAndBack() throws Exception {
        String table = "show bgp ipv4 vpn json";
        try (SpeakerProcess first = speaker(Wire.OUR_ADDRESS);
                SpeakerProcess second = speaker(Wire.OUR_SECOND_ADDRESS)) {
            first.await("established");
            second.await("established");
            for (String address : new String[] {Wire.OUR_ADDRESS, Wire.OUR_SECOND_ADDRESS}) {
                awaitInFrr(
                        "Established as FRR says",
                        "show bgp neighbors " + address + " json",
                        "\"bgpState\":\"Established\"");
            }
            first.await("announced 65000:9:172.16.1.0/24 label 909 via 10.9.0.1");
            first.await("end-of-rib vpn-ipv4");

            first.say("announce 192.168.1.0/24 65000:1 101 65000:1");
            awaitInFrr("the route at FRR", table, "\"192.168.1.0/24\"");
            awaitInFrr(
                    "label and target at FRR",
                    "show bgp ipv4 vpn 192.168.1.0/24 json",
                    "RT:65000:1");
            String reflected = second.await("announced 65000:1:192.168.1.0/24 label 101");
            assertTrue(reflected.contains("via 10.9.0.2"), reflected);
            assertTrue(reflected.contains("targets [65000:1] clusters [10.9.0.1]"), reflected);

            // The same identity with another label replaces the route.
            first.say("announce 192.168.1.0/24 65000:1 102 65000:1");
            second.await("announced 65000:1:192.168.1.0/24 label 102");

            first.say("withdraw 192.168.1.0/24 65000:1");
            second.await("withdrawn 65000:1:192.168.1.0/24");
            awaitNotInFrr("the withdrawal at FRR", table, "\"192.168.1.0/24\"");
        }
    }

    @Test
    void routesAreRefreshedInBothDirections() throws Exception {
        try (SpeakerProcess speaker = speaker(Wire.OUR_ADDRESS)) {
            speaker.await("announced 65000:9:172.16.1.0/24 label 909");
            speaker.say("refresh");
            speaker.await("announced 65000:9:172.16.1.0/24 label 909");
            frr.vtysh("clear bgp ipv4 vpn 10.9.0.2 soft in");
            speaker.await("refresh-requested vpn-ipv4");
        }
    }

    @Test
    void aResetOfFrrIsToldAndMended() throws Exception {
        try (SpeakerProcess speaker = speaker(Wire.OUR_ADDRESS)) {
            speaker.await("established");
            frr.vtysh("clear bgp ipv4 vpn 10.9.0.2");
            String down = speaker.await("down");
            assertTrue(down.contains("received CEASE/ADMINISTRATIVE_RESET"), down);
            speaker.await("established");
            speaker.say("close");
            speaker.await("done close");
            awaitInFrr(
                    "our last word at FRR",
                    "show bgp neighbors 10.9.0.2 json",
                    "\"lastErrorCodeSubcode\":\"0602\"");
        }
    }
}
