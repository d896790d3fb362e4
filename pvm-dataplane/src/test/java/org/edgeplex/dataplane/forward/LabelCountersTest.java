package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.Fixture.*;
import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.edgeplex.dataplane.packet.PacketBuilder;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.telemetry.CountersFile;
import org.edgeplex.telemetry.CountersReader;
import org.edgeplex.telemetry.CountersSnapshot;
import org.edgeplex.telemetry.CountersSource;
import org.edgeplex.telemetry.TrafficRows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Packets and bytes by label, as a reader of the file finds them.
class LabelCountersTest {
    @TempDir private Path directory = Path.of("replaced");
    private CountersFile file;
    private ForwarderRig rig;

    @BeforeEach
    void begin() {
        file =
                CountersFile.create(
                        directory.resolve("rig.counters"),
                        CountersSource.ofThisProcess(7, "red/pe1/a", 1),
                        Counters.layout(16));
        rig = new ForwarderRig(new Counters(file.area()));
        rig.neighbour(CE, CE_MAC);
    }

    @AfterEach
    void end() {
        rig.close();
        file.close();
    }

    /// By key, those that have counted: packets, bytes.
    private Map<List<Integer>, List<Long>> counted(String block) {
        CountersReader.Reading reading = CountersReader.read(directory.resolve("rig.counters"));
        if (!(reading instanceof CountersReader.Reading.Taken(CountersSnapshot snapshot))) {
            throw new AssertionError(reading);
        }
        Map<List<Integer>, List<Long>> counted = new LinkedHashMap<>();
        for (CountersSnapshot.Row row : snapshot.block(block).rows()) {
            if (row.values().getFirst() > 0) {
                counted.put(row.key(), row.values());
            }
        }
        return counted;
    }

    private static byte[] toRemote() {
        return fromCe().ipv4(CE, REMOTE).udp(1, 2, 100).build();
    }

    private static byte[] toCe(int label) {
        return fromP().mpls(label, 0, 60).ipv4(REMOTE, CE).udp(1, 2, 100).build();
    }

    @ParameterizedTest(name = "the long way only: {0}")
    @ValueSource(booleans = {false, true})
    void bothDirectionsAreCountedByLabel(boolean isLong) {
        if (isLong) {
            rig.forwarder.takeTheLongWay();
        }
        rig.fromPort(toRemote(), toCe(VPN_LABEL), toRemote(), toCe(VPN_LABEL), toRemote());
        long in = toCe(VPN_LABEL).length;
        long out = toRemote().length + 4L;
        assertEquals(
                Map.of(List.of(VPN_LABEL), List.of(2L, 2 * in)), counted(Counters.POPPED_LABELS));
        assertEquals(
                Map.of(List.of(TRANSPORT_LABEL, REMOTE_LABEL), List.of(3L, 3 * out)),
                counted(Counters.PUSHED_LABELS));
        assertEquals(2 * in, rig.count(Counter.FROM_CORE_BYTES));
        assertEquals(3 * out, rig.count(Counter.TO_CORE_BYTES));
        assertEquals(3L * toRemote().length, rig.count(Counter.FROM_CUSTOMER_BYTES));
        assertEquals(2L * toRemote().length, rig.count(Counter.TO_CUSTOMER_BYTES));
    }

    @Test
    void aTransportLabelAboveIsCountedToo() {
        PacketBuilder packet = fromP().mpls(17, 0, 60).mpls(VPN_LABEL, 0, 60);
        byte[] frame = packet.ipv4(REMOTE, CE).udp(1, 2, 100).build();
        rig.fromPort(frame);
        List<Long> one = List.of(1L, (long) frame.length);
        assertEquals(
                Map.of(List.of(17), one, List.of(VPN_LABEL), one), counted(Counters.POPPED_LABELS));
    }

    /// RFC 4182: an explicit null that nobody has bound has no row of its own.
    @Test
    void anExplicitNullIsCountedAmongTheOthers() {
        PacketBuilder packet = fromP().mpls(0, 0, 60).mpls(VPN_LABEL, 0, 60);
        byte[] frame = packet.ipv4(REMOTE, CE).udp(1, 2, 100).build();
        rig.fromPort(frame);
        List<Long> one = List.of(1L, (long) frame.length);
        assertEquals(
                Map.of(List.of(), one, List.of(VPN_LABEL), one), counted(Counters.POPPED_LABELS));
    }

    @Test
    void aSwappedLabelIsCountedOnBothSides() {
        byte[] frame = toCe(LSP_LABEL);
        rig.fromPort(frame);
        List<Long> one = List.of(1L, (long) frame.length);
        assertEquals(Map.of(List.of(LSP_LABEL), one), counted(Counters.POPPED_LABELS));
        assertEquals(Map.of(List.of(SWAPPED_LABEL), one), counted(Counters.PUSHED_LABELS));
    }

    @Test
    void twoLabelsOfOneBurstAreCountedApart() {
        rig.apply(new ForwardingUpdate.BindVpnLabel(new MplsLabel(1002)));
        rig.fromPort(toCe(VPN_LABEL), toCe(1002), toCe(1002), toCe(VPN_LABEL), toCe(1002));
        long bytes = toCe(VPN_LABEL).length;
        assertEquals(
                Map.of(
                        List.of(VPN_LABEL),
                        List.of(2L, 2 * bytes),
                        List.of(1002),
                        List.of(3L, 3 * bytes)),
                counted(Counters.POPPED_LABELS));
    }

    /// Beyond what the word of recent packets holds.
    @Test
    void manyPacketsAreCounted() {
        LabelCounters labels = rig.counters.pushed;
        int sums = 1000;
        for (int i = 0; i < sums; i++) {
            labels.add(2, TrafficRows.packets(1 << 20, (1L << 20) * 1500));
        }
        long packets = sums * (1L << 20);
        assertEquals(
                Map.of(List.of(TRANSPORT_LABEL, REMOTE_LABEL), List.of(packets, packets * 1500)),
                counted(Counters.PUSHED_LABELS));
    }

    @Test
    void aLabelBoundAgainGoesOn() {
        rig.fromPort(toCe(VPN_LABEL));
        rig.apply(new ForwardingUpdate.BindVpnLabel(new MplsLabel(VPN_LABEL)));
        rig.fromPort(toCe(VPN_LABEL));
        assertEquals(
                Map.of(List.of(VPN_LABEL), List.of(2L, 2L * toCe(VPN_LABEL).length)),
                counted(Counters.POPPED_LABELS));
    }

    @Test
    void aReleasedRowIsTheNextLabels() {
        rig.fromPort(toCe(VPN_LABEL));
        rig.apply(new ForwardingUpdate.UnbindLabel(new MplsLabel(VPN_LABEL)));
        rig.apply(new ForwardingUpdate.BindVpnLabel(new MplsLabel(1002)));
        rig.fromPort(toCe(1002));
        assertEquals(
                Map.of(List.of(1002), List.of(1L, (long) toCe(1002).length)),
                counted(Counters.POPPED_LABELS));
    }

    /// More labels than rows: the last ones share one.
    @Test
    void labelsBeyondTheTableAreCountedTogether() {
        int first = 100_000;
        for (int i = 0; i < LabelAction.ROWS_MAX; i++) {
            rig.apply(new ForwardingUpdate.BindVpnLabel(new MplsLabel(first + i)));
        }
        int last = first + LabelAction.ROWS_MAX - 1;
        rig.fromPort(toCe(last), toCe(last - 1), toCe(first));
        long bytes = toCe(last).length;
        assertEquals(
                Map.of(List.of(), List.of(2L, 2 * bytes), List.of(first), List.of(1L, bytes)),
                counted(Counters.POPPED_LABELS));
    }

    @Test
    void anotherStackOfTheSameAdjacencyBeginsAtZero() {
        rig.fromPort(toRemote());
        rig.adjacency(2, labelled(301));
        rig.fromPort(toRemote());
        assertEquals(
                List.of(List.of(301, REMOTE_LABEL)),
                List.copyOf(counted(Counters.PUSHED_LABELS).keySet()));
    }

    /// As when the CVM was away, and its labels with it.
    @Test
    void aStackThatComesBackGoesOn() {
        rig.fromPort(toRemote());
        for (Adjacency other :
                List.of(
                        new Adjacency.Unreachable(),
                        new Adjacency.Via(Ipv4Address.parse(CE)),
                        labelled(TRANSPORT_LABEL))) {
            rig.adjacency(2, other);
            assertEquals(1, packets(List.of(TRANSPORT_LABEL, REMOTE_LABEL)));
        }
        rig.fromPort(toRemote());
        assertEquals(2, packets(List.of(TRANSPORT_LABEL, REMOTE_LABEL)));
    }

    private long packets(List<Integer> stack) {
        return counted(Counters.PUSHED_LABELS).getOrDefault(stack, List.of(0L)).getFirst();
    }

    @Test
    void anotherNextHopOfTheSameStackGoesOn() {
        rig.fromPort(toRemote());
        MacAddress other = MacAddress.parse("02:00:00:00:00:cc");
        rig.adjacency(
                2,
                Adjacency.Labelled.of(
                        other,
                        MacAddress.parse(CORE_MAC),
                        new MplsLabel(TRANSPORT_LABEL),
                        new MplsLabel(REMOTE_LABEL)));
        rig.fromPort(toRemote());
        assertEquals(
                Map.of(
                        List.of(TRANSPORT_LABEL, REMOTE_LABEL),
                        List.of(2L, 2L * (toRemote().length + 4L))),
                counted(Counters.PUSHED_LABELS));
    }

    private static Adjacency labelled(int transportLabel) {
        return Adjacency.Labelled.of(
                MacAddress.parse(P_MAC),
                MacAddress.parse(CORE_MAC),
                new MplsLabel(transportLabel),
                new MplsLabel(REMOTE_LABEL));
    }

    @Test
    void aForwarderNeedsARowForEachAdjacency() {
        Counters few = new Counters(file.area());
        Forwarder.Sizes sizes = new Forwarder.Sizes(64, 64, 16, 17, 4, 64);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Forwarder(rig.arena, rig.pool, rig.access, sizes, few));
    }
}
