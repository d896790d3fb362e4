package org.edgeplex.dataplane.worker;

import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.forward.Adjacency;
import org.edgeplex.dataplane.forward.Counter;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.dataplane.io.MemoryPacketIo;
import org.edgeplex.dataplane.io.MemoryPacketPool;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Everything that a packet follows is rewritten while packets pass: each leaves as one of the
/// states that were meant, and none between two.
class ReprogrammingTest {
    private static final MacAddress GATEWAY_MAC = MacAddress.parse("02:00:00:00:07:01");
    private static final MacAddress CORE_MAC = MacAddress.parse("02:00:00:00:00:aa");
    private static final String CE_MAC = "02:00:00:00:07:02";
    private static final String HOST = "10.2.0.9";
    private static final String OF_PREFIX = "10.3.7.7";
    private static final String CE = "10.1.0.2";
    private static final int VLAN = 101;
    private static final int VPN_LABEL = 500;
    private static final int STATES = 8;
    private static final int BURSTS = 3_000;
    private static final long NOW_NANOS = 1_000_000_000L;

    private final Arena arena = Arena.ofShared();
    private final MemoryPacketPool pool = new MemoryPacketPool(arena, 256);
    private final MemoryPacketIo port = new MemoryPacketIo(pool);
    private final MemoryPacketIo tap = new MemoryPacketIo(pool);
    private final Counters counters = new Counters();
    private final UpdateQueue updates = new UpdateQueue();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Worker worker;

    ReprogrammingTest() {
        Access access =
                Access.of(VLAN, Ipv4Address.parse("10.1.0.1"), 24, GATEWAY_MAC, CORE_MAC, 1500);
        Forwarder.Sizes sizes = new Forwarder.Sizes(4096, 4096, 4096, 16);
        worker =
                new Worker(
                        arena,
                        port,
                        tap,
                        new Forwarder(arena, pool, access, sizes, counters),
                        updates);
    }

    @AfterEach
    void close() {
        arena.close();
    }

    /// A state is one number in each field, so a mixture of two is none of them.
    private static MacAddress mac(int state) {
        return MacAddress.parse("02:00:00:0%d:0%d:0%d".formatted(state, state, state));
    }

    private static int label(int state) {
        return 0x1111 * (state + 1);
    }

    private static ForwardingUpdate adjacency(int index, int state) {
        MplsLabel label = new MplsLabel(label(state));
        return new ForwardingUpdate.PutAdjacency(
                index, Adjacency.Labelled.of(mac(state), CORE_MAC, label, label));
    }

    private static ForwardingUpdate route(String prefix, int adjacency) {
        return new ForwardingUpdate.PutRoute(Ipv4Prefix.parse(prefix), adjacency);
    }

    private static ForwardingUpdate neighbour(int state) {
        return new ForwardingUpdate.PutNeighbour(Ipv4Address.parse(CE), mac(state));
    }

    private static List<ForwardingUpdate> beginning() {
        List<ForwardingUpdate> all = new ArrayList<>();
        for (int i = 0; i < STATES; i++) {
            all.add(adjacency(i, i));
        }
        all.add(new ForwardingUpdate.PutAdjacency(STATES, new Adjacency.Connected()));
        all.add(route("10.1.0.0/24", STATES));
        all.add(route(HOST + "/32", 0));
        all.add(route("10.3.0.0/16", 0));
        all.add(new ForwardingUpdate.BindVpnLabel(new MplsLabel(VPN_LABEL)));
        all.add(neighbour(0));
        return all;
    }

    /// What changes: each of the things that a packet follows, and the tables around them.
    private static ForwardingUpdate change(SplittableRandom random) {
        int state = random.nextInt(STATES);
        int other = random.nextInt(1000);
        return switch (random.nextInt(7)) {
            case 0 -> adjacency(random.nextInt(STATES), state);
            case 1 -> route(HOST + "/32", state);
            case 2 -> route("10.3.0.0/16", state);
            case 3 -> neighbour(state);
            case 4 -> route("10.3." + other % 7 + "." + other % 256 + "/32", state);
            case 5 -> route("10.3.7." + other % 7 * 16 + "/28", state);
            default ->
                    new ForwardingUpdate.RemoveRoute(
                            Ipv4Prefix.parse("10.3.7." + other % 7 * 16 + "/28"));
        };
    }

    private void feed() {
        SplittableRandom random = new SplittableRandom(11);
        List<ForwardingUpdate> batch = new ArrayList<>();
        while (running.get()) {
            while (batch.size() < 64) {
                batch.add(change(random));
            }
            batch.subList(0, updates.offer(batch, 0)).clear();
            Thread.onSpinWait();
        }
    }

    private static byte[] fromCustomer(String destination) {
        return packet().ethernet(GATEWAY_MAC.toString(), CE_MAC)
                .vlan(VLAN)
                .ipv4(CE, destination)
                .udp(1, 2, 30)
                .build();
    }

    private static byte[] fromCore() {
        return packet().ethernet(CORE_MAC.toString(), CE_MAC)
                .mpls(VPN_LABEL, 0, 64)
                .ipv4("10.2.0.9", CE)
                .udp(1, 2, 30)
                .build();
    }

    /// All that may leave for a packet.
    private static Set<String> allowed() {
        Set<String> allowed = new HashSet<>();
        for (int state = 0; state < STATES; state++) {
            for (String destination : List.of(HOST, OF_PREFIX)) {
                allowed.add(
                        hex(
                                packet().ethernet(mac(state).toString(), CORE_MAC.toString())
                                        .mpls(label(state), 0, 63)
                                        .mpls(label(state), 0, 63)
                                        .ttl(63)
                                        .ipv4(CE, destination)
                                        .udp(1, 2, 30)
                                        .build()));
            }
            allowed.add(
                    hex(
                            packet().ethernet(mac(state).toString(), GATEWAY_MAC.toString())
                                    .vlan(VLAN)
                                    .ttl(63)
                                    .ipv4("10.2.0.9", CE)
                                    .udp(1, 2, 30)
                                    .build()));
        }
        return allowed;
    }

    private static String hex(byte[] frame) {
        return HexFormat.of().formatHex(frame);
    }

    @Test
    void noPacketFollowsAHalfWrittenEntry() throws InterruptedException {
        List<ForwardingUpdate> beginning = beginning();
        assertEquals(beginning.size(), updates.offer(beginning, 0));
        Set<String> allowed = allowed();
        Set<String> seen = new HashSet<>();
        Thread feeder = Thread.ofPlatform().name("feeder").start(this::feed);
        try {
            for (int i = 0; i < BURSTS; i++) {
                for (int each = 0; each < 4; each++) {
                    port.arrive(fromCustomer(HOST));
                    port.arrive(fromCustomer(OF_PREFIX));
                    port.arrive(fromCore());
                }
                worker.doWork(NOW_NANOS);
                port.takeSent().forEach(frame -> seen.add(hex(frame)));
            }
        } finally {
            running.set(false);
            feeder.join();
        }
        seen.removeAll(allowed);
        assertEquals(Set.of(), seen);
        assertTrue(counters.get(Counter.UPDATES_APPLIED) > BURSTS, "nothing was changed");
        long left =
                counters.get(Counter.TO_CORE_PACKETS) + counters.get(Counter.TO_CUSTOMER_PACKETS);
        assertEquals(12L * BURSTS, left);
    }
}
