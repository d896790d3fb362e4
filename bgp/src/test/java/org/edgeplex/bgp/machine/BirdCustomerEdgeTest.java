package org.edgeplex.bgp.machine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// External BGP with IPv4 unicast, BIRD being the customer's router.
@Tag("machine")
@Timeout(300)
final class BirdCustomerEdgeTest {
    private static final String CONFIGURATION =
            """
            router id 10.9.0.1;
            protocol device {}
            protocol static lan {
              ipv4;
              route 172.20.1.0/24 blackhole;
              route 172.20.2.0/25 blackhole;
            }
            protocol bgp edge {
              local 10.9.0.1 as 65010;
              neighbor 10.9.0.2 as 4200000001;
              hold time 9;
              connect delay time 1;
              connect retry time 2;
              error wait time 1, 2;
              ipv4 { import all; export all; };
            }
            """;

    private static final long LONGER_THAN_HOLD_NANOS = TimeUnit.SECONDS.toNanos(12);

    private static SpeakerProcess speaker(Wire wire) throws Exception {
        return new SpeakerProcess(
                wire, "4200000001", Wire.OUR_ADDRESS, Wire.PEER_ADDRESS, "65010", "ipv4");
    }

    @Test
    void routesAndWithdrawalsGoBothWays() throws Exception {
        try (Wire wire = new Wire();
                Bird bird = new Bird(wire, CONFIGURATION);
                SpeakerProcess speaker = speaker(wire)) {
            speaker.await("established");
            Commands.await(
                    "Established as BIRD says",
                    () -> bird.birdc("show", "protocols", "edge"),
                    text -> text.contains("Established"));
            String learnt = speaker.await("announced 172.20.1.0/24 via 10.9.0.1");
            assertTrue(learnt.contains("path [65010]"), learnt);

            speaker.say("announce 192.168.7.0/24");
            Commands.await(
                    "our route at BIRD",
                    () -> bird.birdc("show", "route", "for", "192.168.7.0/24", "all"),
                    text ->
                            text.contains("BGP.as_path: 4200000001")
                                    && text.contains("BGP.next_hop: 10.9.0.2"));
            speaker.say("withdraw 192.168.7.0/24");
            Commands.await(
                    "our withdrawal at BIRD",
                    () -> bird.birdc("show", "route", "count"),
                    text -> text.contains("2 of 2 routes for 2 networks in table master4"));

            bird.birdc("disable", "lan");
            speaker.await("withdrawn 172.20.1.0/24");
            bird.birdc("reload", "in", "edge");
            speaker.await("refresh-requested ipv4-unicast");
        }
    }

    @Test
    void theSessionSurvivesSilenceAndARestartOfBird() throws Exception {
        try (Wire wire = new Wire();
                SpeakerProcess speaker = speaker(wire)) {
            try (Bird _ = new Bird(wire, CONFIGURATION)) {
                speaker.await("announced 172.20.1.0/24");
                speaker.say("refresh");
                speaker.await("done refresh");
                speaker.await("announced 172.20.2.0/25");
            }
            String down = speaker.await("down");
            assertTrue(down.contains("received CEASE"), down);
            try (Bird again = new Bird(wire, CONFIGURATION)) {
                speaker.await("established");
                Commands.await(
                        "Established as BIRD says",
                        () -> again.birdc("show", "protocols", "edge"),
                        text -> text.contains("Established"));
                long oldNanos = System.nanoTime() + LONGER_THAN_HOLD_NANOS;
                Commands.await(
                        "a session kept by KEEPALIVEs alone",
                        () -> again.birdc("show", "protocols", "edge"),
                        text -> {
                            assertTrue(text.contains("Established"), text);
                            return System.nanoTime() - oldNanos > 0;
                        });
            }
        }
    }
}
