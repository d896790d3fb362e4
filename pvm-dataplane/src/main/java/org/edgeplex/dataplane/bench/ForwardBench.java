package org.edgeplex.dataplane.bench;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.edgeplex.dataplane.forward.Adjacency;
import org.edgeplex.dataplane.forward.Counter;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.dataplane.io.MemoryPacketIo;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.dpdk.DpdkMemory;
import org.edgeplex.dataplane.io.dpdk.DpdkPool;
import org.edgeplex.dataplane.io.dpdk.DpdkPort;
import org.edgeplex.dataplane.io.dpdk.Eal;
import org.edgeplex.dataplane.io.dpdk.PortSpec;
import org.edgeplex.dataplane.io.linux.HugeMemory;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.dataplane.worker.UpdateQueue;
import org.edgeplex.dataplane.worker.Worker;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;

/// The measurements, on one pinned thread with DPDK.
final class ForwardBench {
    private static final int MEMORY_MEGABYTES = 480;
    private static final int PACKETS = 4095;
    private static final int BUCKETS = 1 << 18;
    private static final int BURST = PacketIo.BURST_MAX;
    private static final int BURSTS_TIMED = 200_000;

    /// Of 100,000 a second.
    private static final long NANOS_PER_CHANGE = 10_000;

    private static final int PACKETS_PER_ALLOWANCE = 64 * BURST;

    private static final Ipv4Address SOURCE = Ipv4Address.parse("192.0.2.1");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Arena arena = Arena.ofShared();
    private final HugeMemory memory = new HugeMemory(arena);
    private final DpdkMemory tables;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Report report;
    private final Twin twin;
    private final DpdkPool pool;
    private final DpdkPort port;
    private long nowNanos = 1;

    /// Takes the results.
    interface Report {
        void metric(String name, double value, String unit);
    }

    private ForwardBench(Report report, int cpu) {
        this.report = report;
        Eal.start(new Eal.Options(MEMORY_MEGABYTES, cpu));
        tables = new DpdkMemory();
        twin = Twin.load(arena);
        pool = DpdkPool.create("bench", PACKETS, 256);
        port = DpdkPort.open(PortSpec.parse("null"), pool);
        twin.set(Twin.Field.PORT, port.number());
        twin.set(Twin.Field.GATEWAY_MAC, Long.reverseBytes(BenchEdge.GATEWAY_MAC.bits()) >>> 16);
        twin.set(Twin.Field.CORE_MAC, Long.reverseBytes(BenchEdge.CORE_MAC.bits()) >>> 16);
        twin.set(Twin.Field.TAG_AND_TYPE, Long.reverseBytes(0x8100_0000_0800_4500L | VLAN_AT));
        twin.set(Twin.Field.SOURCE, Integer.reverseBytes(SOURCE.bits()));
        twin.set(Twin.Field.GATEWAY, BenchEdge.GATEWAY.bits() & 0xffff_ffffL);
        twin.set(Twin.Field.BROADCAST, (BenchEdge.GATEWAY.bits() | 0xff) & 0xffff_ffffL);
        twin.set(Twin.Field.MTU, BenchEdge.MTU);
        twin.set(Twin.Field.KEY_MASK, Stamps.COUNT - 1);
    }

    private static final long VLAN_AT = (long) BenchEdge.VLAN << 32;

    /// What one process measures: each needs most of the memory that DPDK gets.
    enum Part {
        PATHS,
        PUSH,
        PREFIXES,
        PEERS,
        SCALING,
        MEMIF
    }

    static void run(Report report, int cpu, Part part) {
        ForwardBench bench = new ForwardBench(report, cpu);
        switch (part) {
            case PATHS -> {
                bench.push(false);
                bench.pop();
                bench.tables().labels();
            }
            case PUSH -> bench.push(true);
            case PREFIXES -> bench.tables().prefixes();
            case PEERS, SCALING, MEMIF ->
                    throw new IllegalArgumentException(part + " has its own class");
        }
    }

    private TableBench tables() {
        return new TableBench(report, twin, memory, tables, random, this::fromCustomer);
    }

    /// Customer to core: 1M host routes, two labels.
    private void push(boolean isShort) {
        Counters counters = new Counters();
        Forwarder forwarder = forwarder(counters);
        BenchEdge.putAdjacencies(forwarder, nowNanos);
        for (int i = 0; i < BenchEdge.ADJACENCIES; i++) {
            twin.adjacency(i, 3, 22, pushed(BenchEdge.transportLabel(i), BenchEdge.vpnLabel(i)));
        }
        int[] keys = BenchEdge.hosts(random);
        MemorySegment twinKeys = memory.allocate(4L * BenchEdge.ENTRIES, 64);
        MemorySegment twinValues = memory.allocate(4L * BenchEdge.ENTRIES, 64);
        for (int i = 0; i < BenchEdge.ENTRIES; i++) {
            Ipv4Prefix host = new Ipv4Prefix(new Ipv4Address(keys[i]), 32);
            apply(forwarder, new ForwardingUpdate.PutRoute(host, i % BenchEdge.ADJACENCIES));
            twinKeys.setAtIndex(JAVA_INT, i, keys[i]);
            twinValues.setAtIndex(JAVA_INT, i, i % BenchEdge.ADJACENCIES);
        }
        twin.hosts(twinKeys, twinValues, BenchEdge.ENTRIES, BUCKETS);
        StampedPort.Stream stream = fromCustomer(keys);
        Rounds.Work java = forwarding(forwarder, stream);
        Rounds.warmUp(java);
        Rounds.Result swar = Rounds.compare(java, twin.work("twin_push_swar"));
        Rounds.Result wide = Rounds.compare(java, twin.work("twin_push_wide"));
        Rounds.Result best = swar.theirs() < wide.theirs() ? swar : wide;
        String mode = isShort ? "_segment" : "";
        report.metric("java_push" + mode, 1e3 / best.ours(), "Mpps");
        report.metric("java_over_best_c" + mode, best.ratio(), "ratio");
        Rounds.Result hash = Rounds.compare(java, twin.work("twin_push_rte_hash"));
        report.metric("java_over_c_rte_hash" + mode, hash.ratio(), "ratio");
        if (!isShort) {
            report.metric("c_push_tagged", 1e3 / swar.theirs(), "Mpps");
            report.metric("c_push_avx2", 1e3 / wide.theirs(), "Mpps");
            report.metric("c_push_rte_hash", 1e3 / hash.theirs(), "Mpps");
            bytesPerPacket(java);
            burstTimes(forwarder, stream);
            changes(forwarder, counters, stream, keys);
        }
        twin.freeHash();
        checkAllLeft(counters, Counter.TO_CORE_PACKETS, Counter.FROM_CUSTOMER_PACKETS);
    }

    /// Core to customer: a label of 2^20, then a route to a neighbour.
    private void pop() {
        Counters counters = new Counters();
        Forwarder forwarder = forwarder(counters);
        Adjacency via = new Adjacency.Via(BenchEdge.CE);
        apply(forwarder, new ForwardingUpdate.PutAdjacency(1, via));
        apply(forwarder, new ForwardingUpdate.PutNeighbour(BenchEdge.CE, BenchEdge.CE_MAC));
        twin.adjacency(1, 2, 18, popped());
        for (int label = MplsLabel.FIRST_UNRESERVED; label <= MplsLabel.MAX; label++) {
            apply(forwarder, new ForwardingUpdate.BindVpnLabel(new MplsLabel(label)));
        }
        twin.labels();
        int[] keys = new int[1 << 18];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Ipv4Address.parse("10.1.0.0").bits() + i;
        }
        for (int i = 0; i < keys.length; i += 256) {
            Ipv4Prefix prefix = new Ipv4Prefix(new Ipv4Address(keys[i]), 24);
            apply(forwarder, new ForwardingUpdate.PutRoute(prefix, 1));
            twin.route24(keys[i], 1);
        }
        Rounds.Result all = pop(forwarder, fromCore(keys, MplsLabel.MAX + 1));
        report.metric("pop_java_over_best_c", all.ratio(), "ratio");
        report.metric("java_pop", 1e3 / all.ours(), "Mpps");
        report.metric("c_pop", 1e3 / all.theirs(), "Mpps");
        // Few, in the cache, and nearly each packet has another one than the packet before.
        Rounds.Result few = pop(forwarder, fromCore(keys, MplsLabel.FIRST_UNRESERVED + 100));
        report.metric("pop_100_labels_java_over_best_c", few.ratio(), "ratio");
        report.metric("java_pop_100_labels", 1e3 / few.ours(), "Mpps");
        checkAllLeft(counters, Counter.TO_CUSTOMER_PACKETS, Counter.FROM_CORE_PACKETS);
    }

    private Rounds.Result pop(Forwarder forwarder, StampedPort.Stream stream) {
        Rounds.Work java = forwarding(forwarder, stream);
        Rounds.warmUp(java);
        return Rounds.compare(java, twin.work("twin_pop"));
    }

    private void bytesPerPacket(Rounds.Work java) {
        long packets = 3_000_000;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long ignored = java.run(packets);
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        // What measuring takes itself is below one byte in ten thousand packets.
        report.metric("bytes_per_packet", Math.floor((double) bytes * 1e3 / packets) / 1e3, "B");
    }

    private void burstTimes(Forwarder forwarder, StampedPort.Stream stream) {
        Worker worker = worker(forwarder, stream, new UpdateQueue());
        long[] nanos = new long[BURSTS_TIMED];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            int ignored = worker.doWork(nowNanos);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        report.metric("burst_p50", nanos[nanos.length / 2] / 1e3, "us");
        report.metric("burst_p99", nanos[nanos.length / 100 * 99] / 1e3, "us");
        report.metric("burst_p999", nanos[nanos.length / 1000 * 999] / 1e3, "us");
    }

    private Forwarder forwarder(Counters counters) {
        return BenchEdge.forwarder(tables, pool, counters);
    }

    private Worker worker(Forwarder forwarder, StampedPort.Stream stream, UpdateQueue queue) {
        StampedPort stamped = new StampedPort(port, stream);
        return new Worker(arena, stamped, new MemoryPacketIo(pool), forwarder, queue);
    }

    /// What 100,000 route changes in each second of the worker's time cost its packets.
    private void changes(
            Forwarder forwarder, Counters counters, StampedPort.Stream stream, int[] hosts) {
        UpdateQueue queue = new UpdateQueue();
        Worker worker = worker(forwarder, stream, queue);
        long[] allNanos = {0};
        try (RouteChanges changes = new RouteChanges(queue, hosts, BenchEdge.ADJACENCIES)) {
            Rounds.Work changed =
                    packets -> {
                        long nanos = 0;
                        for (long done = 0; done < packets; done += PACKETS_PER_ALLOWANCE) {
                            nanos += forward(worker, PACKETS_PER_ALLOWANCE);
                            changes.allow((allNanos[0] + nanos) / NANOS_PER_CHANGE);
                        }
                        allNanos[0] += nanos;
                        return nanos;
                    };
            Rounds.Work same =
                    packets -> {
                        long nanos = 0;
                        for (long done = 0; done < packets; done += PACKETS_PER_ALLOWANCE) {
                            nanos += forward(worker, PACKETS_PER_ALLOWANCE);
                        }
                        return nanos;
                    };
            Rounds.warmUp(changed);
            long nanosBefore = allNanos[0];
            long before = counters.get(Counter.UPDATES_APPLIED);
            Rounds.Result result = Rounds.compare(changed, same);
            double applied = counters.get(Counter.UPDATES_APPLIED) - before;
            report.metric("updates_applied", applied * 1e6 / (allNanos[0] - nanosBefore), "k/s");
            report.metric("updates_100k_cost", 100 * (1 - result.ratio()), "%");
        }
    }

    private Rounds.Work forwarding(Forwarder forwarder, StampedPort.Stream stream) {
        Worker worker = worker(forwarder, stream, new UpdateQueue());
        return packets -> forward(worker, packets);
    }

    /// The CPU time that it took.
    private long forward(Worker worker, long packets) {
        long start = Cpu.threadNanos();
        for (long done = 0; done < packets; done += BURST) {
            int ignored = worker.doWork(nowNanos);
            nowNanos += 1_000;
        }
        return Cpu.threadNanos() - start;
    }

    private StampedPort.Stream fromCustomer(int[] keys) {
        return shared(Stamps.fromCustomer(memory, keys, SOURCE, random));
    }

    private StampedPort.Stream fromCore(int[] keys, int labelsEnd) {
        return shared(Stamps.fromCore(memory, keys, SOURCE, labelsEnd, random));
    }

    /// For ours, and for the twin, half a round behind.
    private StampedPort.Stream shared(StampedPort.Stream stream) {
        twin.set(Twin.Field.KEYS, stream.keys());
        twin.set(Twin.Field.LABELS, stream.labels());
        twin.set(Twin.Field.T0, Memory.getLong(stream.frame()));
        twin.set(Twin.Field.T8, Memory.getInt(stream.frame() + 8));
        twin.set(Twin.Field.T12, Memory.getLong(stream.frame() + 12));
        twin.set(Twin.Field.T20, Memory.getLong(stream.frame() + 20));
        twin.set(Twin.Field.POSITION, Stamps.COUNT / 2);
        return stream;
    }

    /// What the twin writes before an IP header for the core, its last byte last.
    private MemorySegment pushed(MplsLabel transport, MplsLabel vpn) {
        MemorySegment template = arena.allocate(24);
        long end = template.address() + 24;
        Ethernet.put(
                end - 22, BenchEdge.P_MAC.bits(), BenchEdge.CORE_MAC.bits(), Ethernet.TYPE_MPLS);
        Memory.putIntBig(end - 8, Mpls.entry(transport.value(), 0, 0, 0));
        Memory.putIntBig(end - 4, Mpls.entry(vpn.value(), 0, Mpls.BOTTOM_OF_STACK, 0));
        return template;
    }

    private MemorySegment popped() {
        MemorySegment template = arena.allocate(24);
        long frame = template.address() + 6;
        Ethernet.putTagged(
                frame,
                BenchEdge.CE_MAC.bits(),
                BenchEdge.GATEWAY_MAC.bits(),
                BenchEdge.VLAN,
                Ethernet.TYPE_IPV4);
        return template;
    }

    private void apply(Forwarder forwarder, ForwardingUpdate update) {
        forwarder.apply(update, nowNanos);
    }

    private void checkAllLeft(Counters counters, Counter to, Counter from) {
        BenchEdge.checkAllLeft(counters, to, from);
        if (twin.misses() != 0) {
            throw new IllegalStateException("packets were dropped in C: " + twin.misses());
        }
    }
}
