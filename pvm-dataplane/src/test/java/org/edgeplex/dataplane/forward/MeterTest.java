package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Policing, with the clock in the test's hand.
class MeterTest {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final ForwarderRig rig = new ForwarderRig();

    @AfterEach
    void close() {
        rig.close();
    }

    /// RFC 2697, section 3.
    @Test
    void committedThenExcessThenRed() {
        Meter meter = new Meter(new Policer(1000, 100, 50));
        assertEquals(Meter.GREEN, meter.color(100, 0));
        assertEquals(Meter.YELLOW, meter.color(50, 0));
        assertEquals(Meter.RED, meter.color(1, 0));
        assertEquals(Meter.RED, meter.color(1, 999_999), "a billionth too early");
        assertEquals(Meter.GREEN, meter.color(1, 1_000_000));
        // 120 bytes come in: 100 to the committed bucket, the rest to the other one.
        assertEquals(Meter.RED, meter.color(101, 121_000_000));
        assertEquals(Meter.GREEN, meter.color(100, 121_000_000));
        assertEquals(Meter.YELLOW, meter.color(20, 121_000_000));
        assertEquals(Meter.RED, meter.color(1, 121_000_000));
    }

    @Test
    void timeThatGoesBackGivesNothing() {
        Meter meter = new Meter(new Policer(1000, 100, 0));
        assertEquals(Meter.GREEN, meter.color(100, SECOND_NANOS));
        assertEquals(Meter.RED, meter.color(1, 0));
        assertEquals(Meter.GREEN, meter.color(1, SECOND_NANOS + 1_000_000));
    }

    @ParameterizedTest(name = "{0} bytes a second")
    @CsvSource({"1, 1, 0", "125000000000, 1073741824, 1073741824", "1, 1073741824, 1073741824"})
    void extremesDoNotOverflow(long rate, long committed, long excess) {
        Meter meter = new Meter(new Policer(rate, committed, excess));
        long late = Long.MAX_VALUE / 2;
        for (long now : new long[] {0, SECOND_NANOS, late, late + SECOND_NANOS}) {
            assertEquals(Meter.GREEN, meter.color(1, now));
        }
    }

    /// Over any time: the bursts and what the rate gives, to the byte.
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void neverMoreThanTheRateAllows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long rate = 1_000_000;
        Meter meter = new Meter(new Policer(rate, 3000, 2000));
        long now = 0;
        long passed = 0;
        long offered = 0;
        for (int i = 0; i < 100_000; i++) {
            int bytes = 40 + random.nextInt(1460);
            offered += bytes;
            passed += meter.color(bytes, now) == Meter.RED ? 0 : bytes;
            assertTrue(passed <= 5000 + rate * now / SECOND_NANOS);
            now += random.nextInt(1_000_000);
        }
        assertTrue(offered > passed);
        assertTrue(passed > rate * now / SECOND_NANOS * 9 / 10, "the rate is not used");
    }

    @Test
    void aCustomerIsHeldToItsRate() {
        rig.apply(
                new ForwardingUpdate.SetPolicer(
                        Direction.FROM_CUSTOMER, new Policer(1000, 100, 60)));
        byte[] frame = fromCe().ipv4(CE, REMOTE).udp(1, 2, 22).build(); // 50 bytes
        rig.fromPort(frame, frame.clone(), frame.clone(), frame.clone());
        assertEquals(3, rig.sentToPort().size());
        assertEquals(1, rig.count(Counter.POLICED_YELLOW_FROM_CUSTOMER));
        assertEquals(1, rig.count(Counter.DROP_POLICED_FROM_CUSTOMER));
        rig.nowNanos += 50_000_000;
        rig.fromPort(frame);
        assertEquals(1, rig.sentToPort().size());
        rig.apply(
                new ForwardingUpdate.SetPolicer(
                        Direction.FROM_CUSTOMER, new Policer(1000, 100, 60)));
        rig.fromPort(frame);
        assertEquals(0, rig.sentToPort().size(), "the same policer again is no new burst");
        rig.apply(new ForwardingUpdate.RemovePolicer(Direction.FROM_CUSTOMER));
        rig.fromPort(frame);
        assertEquals(1, rig.sentToPort().size());
        assertEquals(BUFFERS, rig.pool.available());
    }

    @Test
    void whatGoesToACustomerIsHeldToItsRateAndThePuntedIsNot() {
        rig.ipv6();
        rig.neighbour(CE, CE_MAC);
        rig.neighbour6(CE6, CE_MAC);
        rig.apply(new ForwardingUpdate.SetPolicer(Direction.FROM_CORE, new Policer(1000, 100, 0)));
        byte[] ipv4 = fromP().mpls(VPN_LABEL, 0, 9).ipv4(REMOTE, CE).udp(1, 2, 22).build();
        byte[] ipv6 = fromP().mpls(VPN_LABEL, 0, 9).ipv6(REMOTE6, CE6).udp(1, 2, 2).build();
        byte[] punted = fromP().mpls(VPN_LABEL, 0, 9).ipv4(REMOTE, GATEWAY).udp(1, 2, 22).build();
        rig.fromPort(ipv4, ipv6, ipv4.clone(), ipv6.clone(), punted);
        assertEquals(2, rig.count(Counter.TO_CUSTOMER_PACKETS));
        assertEquals(2, rig.count(Counter.DROP_POLICED_FROM_CORE));
        assertEquals(1, rig.count(Counter.TO_TAP_PACKETS));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource({"0, 1, 0", "125000000001, 1, 0", "1, 0, 0", "1, 1073741825, 0", "1, 1, -1"})
    void policersAreSoundOrNotMade(long rate, long committed, long excess) {
        assertThrows(IllegalArgumentException.class, () -> new Policer(rate, committed, excess));
    }
}
