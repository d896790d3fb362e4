package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.fromCe;
import static org.edgeplex.dataplane.forward.Fixture.fromP;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.packet.PacketVector;
import org.edgeplex.net.MplsLabel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bursts of packets of all kinds: the short way of those that are ordinary and the long way of all
/// come to the same frames in the same order, the same counters and no packet more or less, with
/// tables looked up one by one and in stages.
class BurstsTest {
    private static final int BURSTS = 4_000;

    /// How the packets of a burst follow each other.
    private enum Mixture {
        ARBITRARY,
        RUNS,
        DAMAGED
    }

    @ParameterizedTest(name = "seed {0}, in stages: {1}")
    @CsvSource({"1, false", "2, false", "3, false", "4, true", "5, true", "6, true"})
    void theShortWayIsTheLongWay(long seed, boolean isInStages) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> frames = frames();
        long sent = 0;
        try (TwoWays ways = new TwoWays(BurstsTest::configure)) {
            if (isInStages) {
                ways.lookUpInStages();
            }
            for (int i = 0; i < BURSTS; i++) {
                byte[][] burst = burst(frames, random);
                sent += ways.pass("burst " + i, random.nextInt(50_000_000), burst);
            }
            ways.assertSameCounts();
        }
        assertTrue(sent > BURSTS, "only " + sent + " frames left");
    }

    @Test
    void aBurstIsBounded() {
        try (ForwarderRig rig = new ForwarderRig()) {
            PacketVector many = new PacketVector(rig.arena, 2 * PacketIo.BURST_MAX);
            for (int i = 0; i <= PacketIo.BURST_MAX; i++) {
                many.add(rig.pool.allocate());
            }
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> rig.forwarder.fromPort(many, rig.nowNanos));
        }
    }

    /// With more labels that lead to the table, and a group.
    private static void configure(ForwarderRig rig) {
        rig.ipv6();
        for (int label : new int[] {1002, 1003, 0}) {
            rig.apply(new ForwardingUpdate.BindVpnLabel(new MplsLabel(label)));
        }
        rig.apply(new ForwardingUpdate.PutGroup(GroupTable.FIRST, Group.of(List.of(2, 8))));
        rig.route("10.8.0.0/16", GroupTable.FIRST);
    }

    private static byte[][] burst(List<byte[]> frames, SplittableRandom random) {
        Mixture mixture = Mixture.values()[random.nextInt(Mixture.values().length)];
        byte[][] burst = new byte[1 + random.nextInt(PacketIo.BURST_MAX)][];
        for (int i = 0; i < burst.length; i++) {
            boolean goesOn = mixture == Mixture.RUNS && i > 0 && random.nextInt(5) > 0;
            burst[i] = goesOn ? burst[i - 1] : frames.get(random.nextInt(frames.size()));
            if (mixture == Mixture.DAMAGED) {
                burst[i] = ForwarderFuzzTest.damaged(burst[i], random);
            }
        }
        return burst;
    }

    private static List<byte[]> frames() {
        List<byte[]> frames = new ArrayList<>(ForwarderFuzzTest.goodFrames());
        String noRoute = "10.99.1.1";
        int[] labels = {VPN_LABEL, VPN_LABEL, 1002, 1003, LSP_LABEL, LSP_LABEL + 1, 99_999, 17, 0};
        for (int label : labels) {
            for (String to : List.of(CE, BEHIND_CE, HOST, REMOTE, noRoute, GATEWAY, NO_LSP)) {
                frames.add(fromP().mpls(label, 0, 60).ipv4(REMOTE, to).udp(1, 2, 10).build());
            }
        }
        List<String> destinations =
                List.of(REMOTE, REMOTE_HOST, NEXT_DOOR, NO_LSP, noRoute, "10.8.0.4", BEHIND_CE);
        for (String to : destinations) {
            for (int bytes : new int[] {1, 30, 1600}) {
                frames.add(fromCe().ipv4(CE, to).udp(1, 2, bytes).build());
                frames.add(fromCe().fragment(0x4000).ipv4(CE, to).udp(1, 2, bytes).build());
            }
        }
        frames.add(fromCe().ttl(1).ipv4(CE, REMOTE).udp(1, 2, 5).build());
        return frames;
    }
}
