package org.edgeplex.bgp.fsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 4271, section 6.8 and RFC 6286, section 2.3.
final class CollisionTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,  65000, 10.0.0.2,  65000, KEEP_THEIRS",
        "10.0.0.2,  65000, 10.0.0.1,  65000, KEEP_OURS",
        "200.0.0.1, 65000, 100.0.0.1, 65000, KEEP_OURS",
        "10.0.0.1,  65000, 10.0.0.1,  65001, KEEP_THEIRS"
    })
    void bothSidesKeepTheSameConnection(
            String local, long localAs, String peer, long peerAs, Collision expected) {
        assertEquals(expected, resolve(local, localAs, peer, peerAs));
        assertNotEquals(expected, resolve(peer, peerAs, local, localAs));
    }

    private static Collision resolve(String local, long localAs, String peer, long peerAs) {
        return Collision.resolve(
                Ipv4Address.parse(local),
                new AsNumber(localAs),
                Ipv4Address.parse(peer),
                new AsNumber(peerAs));
    }
}
