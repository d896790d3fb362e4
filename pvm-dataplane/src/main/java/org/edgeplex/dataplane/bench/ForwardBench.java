package org.edgeplex.dataplane.bench;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.edgeplex.dataplane.forward.Access;
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
import org.edgeplex.dataplane.io.linux.HugeMemory;
import org.edgeplex.dataplane.io.linux.Prefetch;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.dataplane.table.CuckooBurst;
import org.edgeplex.dataplane.table.CuckooTable;
import org.edgeplex.dataplane.table.LabelTable;
import org.edgeplex.dataplane.table.RouteBurst;
import org.edgeplex.dataplane.table.RouteTrie;
import org.edgeplex.dataplane.worker.UpdateQueue;
import org.edgeplex.dataplane.worker.Worker;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// The measurements, on one pinned thread with DPDK.
final class ForwardBench {
    private static final int MEMORY_MEGABYTES = 480;
    private static final int PACKETS = 4095;
    private static final int ENTRIES = 1_000_000;
    private static final int BUCKETS = 1 << 18;
    private static final int STREAM = 1 << 22;
    private static final int ADJACENCIES = 1024;
    private static final int BURST = PacketIo.BURST_MAX;
    private static final int BURSTS_TIMED = 200_000;

    /// Of 100,000 a second.
    private static final long NANOS_PER_CHANGE = 10_000;

    private static final int PACKETS_PER_ALLOWANCE = 64 * BURST;

    private static final MacAddress GATEWAY_MAC = MacAddress.parse("02:00:00:00:00:01");
    private static final MacAddress CORE_MAC = MacAddress.parse("02:00:00:00:00:02");
    private static final MacAddress P_MAC = MacAddress.parse("02:00:00:00:00:03");
    private static final MacAddress CE_MAC = MacAddress.parse("02:00:00:00:00:04");
    private static final int GATEWAY = Ipv4Address.parse("10.0.0.1").bits();
    private static final int CE = Ipv4Address.parse("10.0.0.2").bits();
    private static final int SOURCE = Ipv4Address.parse("192.0.2.1").bits();
    private static final int VLAN = 100;
    private static final int MTU = 1500;
    private static final int IP_BYTES = 46;
    private static final Access ACCESS =
            new Access(VLAN, GATEWAY, 24, GATEWAY_MAC.bits(), CORE_MAC.bits(), MTU);

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
        port = DpdkPort.openDevice("net_null0,copy=0,size=64", pool);
        twin.set(Twin.Field.PORT, port.number());
        twin.set(Twin.Field.GATEWAY_MAC, Long.reverseBytes(GATEWAY_MAC.bits()) >>> 16);
        twin.set(Twin.Field.CORE_MAC, Long.reverseBytes(CORE_MAC.bits()) >>> 16);
        twin.set(Twin.Field.TAG_AND_TYPE, Long.reverseBytes(0x8100_0000_0800_4500L | VLAN_AT));
        twin.set(Twin.Field.SOURCE, Integer.reverseBytes(SOURCE));
        twin.set(Twin.Field.GATEWAY, GATEWAY & 0xffff_ffffL);
        twin.set(Twin.Field.BROADCAST, (GATEWAY | 0xff) & 0xffff_ffffL);
        twin.set(Twin.Field.MTU, MTU);
        twin.set(Twin.Field.KEY_MASK, STREAM - 1);
    }

    private static final long VLAN_AT = (long) VLAN << 32;

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
                bench.labels();
            }
            case PUSH -> bench.push(true);
            case PREFIXES -> bench.prefixes();
            case PEERS, SCALING, MEMIF ->
                    throw new IllegalArgumentException(part + " has its own class");
        }
    }

    /// Customer to core: 1M host routes, two labels.
    private void push(boolean isShort) {
        Counters counters = new Counters();
        Forwarder forwarder = forwarder(counters);
        for (int i = 0; i < ADJACENCIES; i++) {
            MplsLabel transport = new MplsLabel(16 + i);
            MplsLabel vpn = new MplsLabel(100_000 + i);
            Adjacency adjacency = Adjacency.Labelled.of(P_MAC, CORE_MAC, transport, vpn);
            apply(forwarder, new ForwardingUpdate.PutAdjacency(i, adjacency));
            twin.adjacency(i, 3, 22, pushed(transport, vpn));
        }
        int[] keys = distinct(ENTRIES);
        MemorySegment twinKeys = memory.allocate(4L * ENTRIES, 64);
        MemorySegment twinValues = memory.allocate(4L * ENTRIES, 64);
        for (int i = 0; i < ENTRIES; i++) {
            Ipv4Prefix host = new Ipv4Prefix(new Ipv4Address(keys[i]), 32);
            apply(forwarder, new ForwardingUpdate.PutRoute(host, i % ADJACENCIES));
            twinKeys.setAtIndex(JAVA_INT, i, keys[i]);
            twinValues.setAtIndex(JAVA_INT, i, i % ADJACENCIES);
        }
        twin.hosts(twinKeys, twinValues, ENTRIES, BUCKETS);
        StampedPort.Stream stream = stream(keys, false);
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
        Adjacency via = new Adjacency.Via(new Ipv4Address(CE));
        apply(forwarder, new ForwardingUpdate.PutAdjacency(1, via));
        apply(forwarder, new ForwardingUpdate.PutNeighbour(new Ipv4Address(CE), CE_MAC));
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
        Rounds.Work java = forwarding(forwarder, stream(keys, true));
        Rounds.warmUp(java);
        Rounds.Result result = Rounds.compare(java, twin.work("twin_pop"));
        report.metric("pop_java_over_best_c", result.ratio(), "ratio");
        report.metric("java_pop", 1e3 / result.ours(), "Mpps");
        report.metric("c_pop", 1e3 / result.theirs(), "Mpps");
        checkAllLeft(counters, Counter.TO_CUSTOMER_PACKETS, Counter.FROM_CORE_PACKETS);
    }

    /// Longest prefix match alone, 1M prefixes of the lengths that the Internet's table has.
    private void prefixes() {
        RouteTrie trie = new RouteTrie(tables, ENTRIES, 1 << 18);
        MemorySegment nets = memory.allocate(4L * ENTRIES, 64);
        MemorySegment lengths = memory.allocate(ENTRIES, 64);
        MemorySegment hops = memory.allocate(4L * ENTRIES, 64);
        int[] keys = new int[ENTRIES];
        Set<Ipv4Prefix> seen = HashSet.newHashSet(ENTRIES);
        while (trie.size() < ENTRIES) {
            int i = trie.size();
            int address = unicast();
            Ipv4Prefix prefix = Ipv4Prefix.containing(new Ipv4Address(address), length());
            if (seen.add(prefix)) {
                int hop = 1 + random.nextInt(ADJACENCIES);
                trie.put(prefix, hop);
                nets.setAtIndex(JAVA_INT, i, prefix.address().bits());
                lengths.set(JAVA_BYTE, i, (byte) prefix.length());
                hops.setAtIndex(JAVA_INT, i, hop);
                keys[i] = address;
            }
        }
        twin.fib(nets, lengths, hops, ENTRIES);
        StampedPort.Stream stream = stream(keys, false);
        RouteBurst burst = new RouteBurst(memory, trie, BURST);
        Rounds.Work java =
                lookups(
                        stream,
                        (addresses, values) -> {
                            for (int i = 0; i < BURST; i += 8) {
                                burst.locate(addresses, i, i + 8);
                                Prefetch.lines(burst.lines() + 8L * i, 8);
                            }
                            if (burst.descend(addresses, BURST)) {
                                Prefetch.lines(burst.lines(), BURST);
                            }
                            burst.match(addresses, BURST, values);
                        });
        Rounds.warmUp(java);
        Rounds.Result result = Rounds.compare(java, twin.work("twin_rte_fib"));
        report.metric("fib_over_rte_fib", result.ratio(), "ratio");
        report.metric("java_fib_lookup", result.ours(), "ns");
        report.metric("rte_fib_lookup", result.theirs(), "ns");
        report.metric("java_fib_memory", (trie.linesUsed() * 64.0 + (1 << 20)) / 1e6, "MB");
    }

    /// A flat array beside the cuckoo table, for labels of which nearly all are bound.
    private void labels() {
        LabelTable flat = new LabelTable(tables);
        CuckooTable cuckoo = new CuckooTable(tables, 1 << 20);
        int[] keys = new int[(1 << 20) - 16];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = i + 16;
            flat.put(i + 16, 1);
            cuckoo.put(i + 16, 1);
        }
        StampedPort.Stream stream = stream(keys, false);
        CuckooBurst burst = new CuckooBurst(memory, cuckoo, BURST);
        Rounds.Work inCuckoo =
                lookups(
                        stream,
                        (labels, values) -> {
                            burst.locate(labels, BURST);
                            Prefetch.lines(burst.lines(), BURST);
                            burst.match(labels, BURST, values);
                        });
        Rounds.Work inArray =
                lookups(
                        stream,
                        (labels, values) -> {
                            for (int i = 0; i < BURST; i++) {
                                values[i] = flat.get(labels[i]);
                            }
                        });
        Rounds.warmUp(inCuckoo);
        Rounds.warmUp(inArray);
        Rounds.Result result = Rounds.compare(inArray, inCuckoo);
        report.metric("label_array_over_cuckoo", result.ratio(), "ratio");
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
        Forwarder.Sizes sizes = new Forwarder.Sizes(ENTRIES, 65_536, 131_072, ADJACENCIES);
        return new Forwarder(tables, pool, ACCESS, sizes, counters);
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
        try (RouteChanges changes = new RouteChanges(queue, hosts, ADJACENCIES)) {
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
        long start = THREADS.getCurrentThreadCpuTime();
        for (long done = 0; done < packets; done += BURST) {
            int ignored = worker.doWork(nowNanos);
            nowNanos += 1_000;
        }
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    /// A burst of lookups.
    private interface Lookup {
        void at(int[] keys, int[] values);
    }

    private static Rounds.Work lookups(StampedPort.Stream stream, Lookup lookup) {
        int[] keys = new int[BURST];
        int[] values = new int[BURST];
        long[] state = {0, 0};
        return count -> {
            long start = THREADS.getCurrentThreadCpuTime();
            long sum = 0;
            for (long done = 0; done < count; done += BURST) {
                take(stream, state[0] + done, keys);
                lookup.at(keys, values);
                for (int value : values) {
                    sum += value;
                }
            }
            state[0] += count;
            state[1] += sum;
            return THREADS.getCurrentThreadCpuTime() - start;
        };
    }

    private static void take(StampedPort.Stream stream, long position, int[] keys) {
        long mask = stream.mask();
        long base = stream.keys();
        for (int i = 0; i < keys.length; i++) {
            long at = position + i & mask;
            keys[i] = Integer.reverseBytes(Memory.getInt(base + (at << 3)));
        }
    }

    /// Random keys of these, with the checksum of the header that will carry each.
    private StampedPort.Stream stream(int[] keys, boolean isCore) {
        MemorySegment stream = memory.allocate(8L * STREAM, 64);
        MemorySegment labels = memory.allocate(4L * STREAM, 64);
        MemorySegment header = arena.allocate(64);
        for (int i = 0; i < STREAM; i++) {
            int key = keys[random.nextInt(keys.length)];
            Ipv4.put(header.address(), 0, IP_BYTES, 0, 64, 17, SOURCE, key);
            long checksum = Memory.getShort(header.address() + 10);
            stream.setAtIndex(
                    JAVA_LONG, i, Integer.reverseBytes(key) & 0xffff_ffffL | checksum << 32);
            int label = random.nextInt(MplsLabel.FIRST_UNRESERVED, MplsLabel.MAX + 1);
            int entry = Mpls.entry(label, 0, Mpls.BOTTOM_OF_STACK, 63);
            labels.setAtIndex(JAVA_INT, i, Integer.reverseBytes(entry));
        }
        long frame = template(isCore);
        twin.set(Twin.Field.KEYS, stream.address());
        twin.set(Twin.Field.LABELS, labels.address());
        twin.set(Twin.Field.T0, Memory.getLong(frame));
        twin.set(Twin.Field.T8, Memory.getInt(frame + 8));
        twin.set(Twin.Field.T12, Memory.getLong(frame + 12));
        twin.set(Twin.Field.T20, Memory.getLong(frame + 20));
        twin.set(Twin.Field.POSITION, STREAM / 2);
        return new StampedPort.Stream(
                stream.address(),
                labels.address(),
                STREAM - 1,
                isCore,
                frame,
                Integer.reverseBytes(SOURCE));
    }

    private long template(boolean isCore) {
        long frame = arena.allocate(64).address();
        if (isCore) {
            Ethernet.put(frame, CORE_MAC.bits(), P_MAC.bits(), Ethernet.TYPE_MPLS);
        } else {
            Ethernet.putTagged(frame, GATEWAY_MAC.bits(), CE_MAC.bits(), VLAN, Ethernet.TYPE_IPV4);
        }
        Ipv4.put(frame + Ethernet.TAGGED_HEADER_BYTES, 0, IP_BYTES, 0, 64, 17, SOURCE, 0);
        return frame;
    }

    /// What the twin writes before an IP header for the core, its last byte last.
    private MemorySegment pushed(MplsLabel transport, MplsLabel vpn) {
        MemorySegment template = arena.allocate(24);
        long end = template.address() + 24;
        Ethernet.put(end - 22, P_MAC.bits(), CORE_MAC.bits(), Ethernet.TYPE_MPLS);
        Memory.putIntBig(end - 8, Mpls.entry(transport.value(), 0, 0, 0));
        Memory.putIntBig(end - 4, Mpls.entry(vpn.value(), 0, Mpls.BOTTOM_OF_STACK, 0));
        return template;
    }

    private MemorySegment popped() {
        MemorySegment template = arena.allocate(24);
        long frame = template.address() + 6;
        Ethernet.putTagged(frame, CE_MAC.bits(), GATEWAY_MAC.bits(), VLAN, Ethernet.TYPE_IPV4);
        return template;
    }

    private void apply(Forwarder forwarder, ForwardingUpdate update) {
        forwarder.apply(update, nowNanos);
    }

    /// A dropped packet is a cheap one: no figure without this.
    private void checkAllLeft(Counters counters, Counter to, Counter from) {
        if (counters.get(to) != counters.get(from) || twin.misses() != 0) {
            throw new IllegalStateException(
                    "packets were dropped: " + counters.snapshot() + ", in C " + twin.misses());
        }
    }

    private int[] distinct(int count) {
        Set<Integer> keys = HashSet.newHashSet(count);
        while (keys.size() < count) {
            keys.add(unicast());
        }
        return keys.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Not in the nets of the bench's own addresses.
    private int unicast() {
        return random.nextInt(11, 100) << 24 | random.nextInt(1 << 24);
    }

    /// Six tenths are /24, as on the Internet; the others are /16 to /23, the longer the more.
    private int length() {
        int tenth = random.nextInt(10);
        return tenth < 6 ? 24 : tenth < 8 ? 22 + random.nextInt(2) : 16 + random.nextInt(6);
    }
}
