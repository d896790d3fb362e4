package org.edgeplex.dataplane.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import org.edgeplex.dataplane.forward.Counter;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.io.MemoryPacketIo;
import org.edgeplex.dataplane.io.MemoryPacketPool;
import org.edgeplex.dataplane.packet.PacketBuilder;
import org.edgeplex.dataplane.worker.UpdateQueue;
import org.edgeplex.dataplane.worker.Worker;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.memory.MemoryStateStore;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.state.record.ProviderEdge;
import org.edgeplex.state.record.TransportLsp;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// From records in a store to labels on a packet, without threads.
class FeederTest {
    private static final String GATEWAY_MAC = "02:00:00:00:07:01";
    private static final String CORE_MAC = "02:00:00:00:00:aa";
    private static final String P_MAC = "02:00:00:00:00:bb";
    private static final Ipv4Address PE2 = Ipv4Address.parse("192.0.2.2");

    private final Arena arena = Arena.ofConfined();
    private final MemoryPacketPool pool = new MemoryPacketPool(arena, 64);
    private final MemoryPacketIo port = new MemoryPacketIo(pool);
    private final MemoryPacketIo tap = new MemoryPacketIo(pool);
    private final Counters counters = new Counters();
    private final UpdateQueue queue = new UpdateQueue();
    private final State state = new State(new MemoryStateStore(), Duration.ofSeconds(1));
    private final StateWriter writer = state.as(Incarnation.UNFENCED);
    private final Feeder feeder;
    private final Worker worker;
    private int wakeUps;

    FeederTest() {
        Feeder.Beginning beginning =
                new Feeder.Beginning(7, attachment(3), edge(), Feeder.feed(state));
        Forwarder.Sizes sizes = new Forwarder.Sizes(16, 16, 16, 16);
        Forwarder forwarder = new Forwarder(arena, pool, beginning.access(), sizes, counters);
        worker = new Worker(arena, port, tap, forwarder, queue);
        feeder = new Feeder(beginning, writer, counters, queue, () -> wakeUps++);
        writer.put(Tables.PROVIDER_EDGE, Tables.SELF, edge());
        writer.put(Tables.ATTACHMENTS, 7, attachment(3));
        putRoute(3, "10.2.0.0/24");
        writer.put(
                Tables.TRANSPORT_LSPS,
                Ipv4Prefix.host(PE2),
                new TransportLsp(
                        PE2,
                        MacAddress.parse(P_MAC),
                        MacAddress.parse(CORE_MAC),
                        List.of(new MplsLabel(300))));
    }

    @AfterEach
    void close() {
        feeder.close();
        arena.close();
    }

    private void putRoute(int vrf, String prefix) {
        writer.put(
                Tables.VRF_ROUTES,
                new VrfRouteKey(vrf, Ipv4Prefix.parse(prefix)),
                new VrfRoute.Remote(PE2, new MplsLabel(2002), Bytes.EMPTY));
    }

    private static ProviderEdge edge() {
        return new ProviderEdge(
                "pe1",
                Ipv4Address.parse("192.0.2.1"),
                new AsNumber(65000),
                "core0",
                MacAddress.parse(CORE_MAC),
                1600,
                List.of(),
                new MplsLabel(1000),
                new MplsLabel(1999));
    }

    private static Attachment attachment(int vrf) {
        return new Attachment(
                "red/pe1/a",
                Lifecycle.ACTIVE,
                vrf,
                101,
                Ipv4Address.parse("10.1.0.1"),
                MacAddress.parse(GATEWAY_MAC),
                24,
                1500,
                new CustomerRouting.Static(List.of()));
    }

    /// How many labelled frames a packet to the destination becomes, now.
    private long toCore(String destination) {
        long before = counters.get(Counter.TO_CORE_PACKETS);
        port.arrive(
                PacketBuilder.packet()
                        .ethernet(GATEWAY_MAC, "02:00:00:00:07:02")
                        .vlan(101)
                        .ipv4("10.1.0.2", destination)
                        .udp(1, 2, 30)
                        .build());
        worker.doWork(1_000_000_000L);
        return counters.get(Counter.TO_CORE_PACKETS) - before;
    }

    @Test
    void aRouteInTheStoreBecomesLabels() {
        assertEquals(0, toCore("10.2.0.9"));
        feeder.poll();
        assertEquals(1, wakeUps);
        assertEquals(1, toCore("10.2.0.9"));
    }

    @Test
    void aRemovedRouteGoes() {
        feeder.poll();
        assertEquals(1, toCore("10.2.0.9"));
        writer.remove(Tables.VRF_ROUTES, new VrfRouteKey(3, Ipv4Prefix.parse("10.2.0.0/24")));
        feeder.poll();
        assertEquals(0, toCore("10.2.0.9"));
    }

    @Test
    void anotherVrfIsNotSeen() {
        putRoute(4, "10.3.0.0/24");
        feeder.poll();
        assertEquals(0, toCore("10.3.0.9"));
        assertEquals(1, counters.get(Counter.DROP_NO_ROUTE));
    }

    @Test
    void theVpnLabelComesAndGoes() {
        writer.put(Tables.LABEL_BINDINGS, 8, new LabelBinding(new MplsLabel(1008)));
        feeder.poll();
        fromCore(1008);
        assertEquals(1, counters.get(Counter.DROP_UNKNOWN_LABEL));
        writer.put(Tables.LABEL_BINDINGS, 7, new LabelBinding(new MplsLabel(1007)));
        feeder.poll();
        fromCore(1007);
        assertEquals(1, counters.get(Counter.TO_TAP_PACKETS));
        writer.remove(Tables.LABEL_BINDINGS, 7);
        feeder.poll();
        fromCore(1007);
        assertEquals(2, counters.get(Counter.DROP_UNKNOWN_LABEL));
    }

    private void fromCore(int label) {
        port.arrive(
                PacketBuilder.packet()
                        .ethernet(CORE_MAC, P_MAC)
                        .mpls(label, 0, 61)
                        .ipv4("10.2.0.9", "10.1.0.1")
                        .udp(1, 2, 30)
                        .build());
        worker.doWork(1_000_000_000L);
    }

    @Test
    void anAttachmentThatChangesItsVrfEndsTheProcess() {
        feeder.poll();
        writer.put(Tables.ATTACHMENTS, 7, attachment(4));
        assertThrows(IllegalStateException.class, feeder::poll);
    }

    @Test
    void countersAreWrittenWhenTheyMoved() {
        feeder.poll();
        assertEquals(1, toCore("10.2.0.9"));
        feeder.writeCounters();
        long version = state.get(Tables.DATAPLANE_COUNTERS, 7).orElseThrow().version();
        feeder.writeCounters();
        assertEquals(version, state.get(Tables.DATAPLANE_COUNTERS, 7).orElseThrow().version());
        assertEquals(1, toCore("10.2.0.9"));
        feeder.writeCounters();
        assertEquals(
                2,
                state.get(Tables.DATAPLANE_COUNTERS, 7).orElseThrow().value().counters().stream()
                        .filter(counter -> counter.name().equals("to_core_packets"))
                        .mapToLong(counter -> counter.value())
                        .sum());
    }
}
