package org.edgeplex.ldp.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.ldp.wire.LdpMessage;
import org.edgeplex.ldp.wire.LdpPdu;
import org.edgeplex.ldp.wire.Tlv;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.junit.jupiter.api.Test;

class LinkDiscoveryTest {
    private static final Ipv4Address NEIGHBOR = Ipv4Address.parse("10.0.1.2");

    private final Sent sent = new Sent();
    private final LinkDiscovery discovery =
            new LinkDiscovery(
                    new LinkConfig(
                            new LdpIdentifier(Ipv4Address.parse("10.255.0.1"), 0),
                            Ipv4Address.parse("10.255.0.1"),
                            Ipv4Address.parse("10.0.1.1"),
                            Ipv4Prefix.parse("10.0.1.0/30"),
                            15),
                    sent);

    @Test
    void sendsThreeHellosWithinTheHoldTimeThatANeighbourAsksFor() {
        discovery.start(0);
        assertEquals(seconds(5), discovery.nextDeadlineNanos());
        discovery.onDatagram(NEIGHBOR, hello(6), 0);
        assertEquals(seconds(2), discovery.nextDeadlineNanos());
        int before = sent.hellos;
        for (long now = 0; now <= seconds(6); now += TimeUnit.MILLISECONDS.toNanos(100)) {
            discovery.onDatagram(NEIGHBOR, hello(6), now);
            discovery.onTime(now);
        }
        assertEquals(before + 3, sent.hellos);
    }

    @Test
    void returnsToItsOwnPaceWhenTheHastyNeighbourIsGone() {
        discovery.start(0);
        discovery.onDatagram(NEIGHBOR, hello(3), 0);
        discovery.onTime(seconds(3));
        assertEquals(1, sent.lost);
        discovery.onTime(seconds(8));
        assertEquals(seconds(13), discovery.nextDeadlineNanos());
    }

    private static byte[] hello(int holdTimeSeconds) {
        LdpMessage.Hello hello =
                new LdpMessage.Hello(
                        1,
                        new Tlv.HelloParameters(holdTimeSeconds, false, false, false),
                        List.of(new Tlv.TransportAddress(NEIGHBOR)));
        return LdpPdu.encode(
                        new LdpIdentifier(Ipv4Address.parse("10.255.0.9"), 0),
                        List.of(hello),
                        LdpPdu.DEFAULT_MAX_LENGTH_BYTES)
                .getFirst();
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private static final class Sent implements DiscoveryListener {
        private int hellos;
        private int lost;

        @Override
        public void sendHello(byte[] pdu) {
            hellos++;
        }

        @Override
        public void neighborHeard(Neighbor neighbor) {}

        @Override
        public void neighborLost(Neighbor neighbor) {
            lost++;
        }
    }
}
