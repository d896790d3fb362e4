package org.edgeplex.dataplane.bench;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.dpdk.DpdkMemory;
import org.edgeplex.dataplane.io.linux.HugeMemory;
import org.edgeplex.dataplane.io.linux.Prefetch;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.table.CuckooBurst;
import org.edgeplex.dataplane.table.CuckooTable;
import org.edgeplex.dataplane.table.LabelTable;
import org.edgeplex.dataplane.table.LookupVector;
import org.edgeplex.dataplane.table.RouteBurst;
import org.edgeplex.dataplane.table.RouteTrie;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;

/// The tables without the packets: bursts of lookups of random keys.
final class TableBench {
    private static final int BURST = PacketIo.BURST_MAX;

    private final ForwardBench.Report report;
    private final Twin twin;
    private final HugeMemory memory;
    private final DpdkMemory tables;
    private final SplittableRandom random;
    private final Function<int[], StampedPort.Stream> streams;

    /// @param streams of random ones of some keys, for us and for the twin
    TableBench(
            ForwardBench.Report report,
            Twin twin,
            HugeMemory memory,
            DpdkMemory tables,
            SplittableRandom random,
            Function<int[], StampedPort.Stream> streams) {
        this.report = report;
        this.twin = twin;
        this.memory = memory;
        this.tables = tables;
        this.random = random;
        this.streams = streams;
    }

    /// Longest prefix match alone, 1M prefixes of the lengths that the Internet's table has.
    void prefixes() {
        RouteTrie trie = new RouteTrie(tables, BenchEdge.ENTRIES, 1 << 18);
        MemorySegment nets = memory.allocate(4L * BenchEdge.ENTRIES, 64);
        MemorySegment lengths = memory.allocate(BenchEdge.ENTRIES, 64);
        MemorySegment hops = memory.allocate(4L * BenchEdge.ENTRIES, 64);
        int[] keys = new int[BenchEdge.ENTRIES];
        Set<Ipv4Prefix> seen = HashSet.newHashSet(BenchEdge.ENTRIES);
        while (trie.size() < BenchEdge.ENTRIES) {
            int i = trie.size();
            int address = BenchEdge.unicast(random);
            Ipv4Prefix prefix = Ipv4Prefix.containing(new Ipv4Address(address), length());
            if (seen.add(prefix)) {
                int hop = 1 + random.nextInt(BenchEdge.ADJACENCIES);
                trie.put(prefix, hop);
                nets.setAtIndex(JAVA_INT, i, prefix.address().bits());
                lengths.set(JAVA_BYTE, i, (byte) prefix.length());
                hops.setAtIndex(JAVA_INT, i, hop);
                keys[i] = address;
            }
        }
        twin.fib(nets, lengths, hops, BenchEdge.ENTRIES);
        StampedPort.Stream stream = streams.apply(keys);
        RouteBurst burst = new RouteBurst(trie);
        Rounds.Work java =
                lookups(
                        stream,
                        addresses -> {
                            for (int i = 0; i < BURST; i += LookupVector.ASKED_AT_ONCE) {
                                burst.locate(addresses, i, i + LookupVector.ASKED_AT_ONCE);
                                askForLines(addresses, i, LookupVector.ASKED_AT_ONCE);
                            }
                            if (burst.descend(addresses, BURST)) {
                                askForLines(addresses, 0, BURST);
                            }
                            burst.match(addresses, BURST);
                        });
        Rounds.warmUp(java);
        Rounds.Result result = Rounds.compare(java, twin.work("twin_rte_fib"));
        report.metric("fib_over_rte_fib", result.ratio(), "ratio");
        report.metric("java_fib_lookup", result.ours(), "ns");
        report.metric("rte_fib_lookup", result.theirs(), "ns");
        report.metric("java_fib_memory", (trie.linesUsed() * 64.0 + (1 << 20)) / 1e6, "MB");
    }

    /// A flat array beside the cuckoo table, for labels of which nearly all are bound.
    void labels() {
        LabelTable flat = new LabelTable(tables);
        CuckooTable cuckoo = new CuckooTable(tables, 1 << 20);
        int[] keys = new int[(1 << 20) - 16];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = i + 16;
            flat.put(i + 16, 1);
            cuckoo.put(i + 16, 1);
        }
        StampedPort.Stream stream = streams.apply(keys);
        CuckooBurst burst = new CuckooBurst(cuckoo);
        Rounds.Work inCuckoo =
                lookups(
                        stream,
                        labels -> {
                            burst.locate(labels, 0, BURST);
                            askForLines(labels, 0, BURST);
                            burst.match(labels, BURST);
                        });
        Rounds.Work inArray =
                lookups(
                        stream,
                        labels -> {
                            for (int i = 0; i < BURST; i++) {
                                long record = labels.record(i);
                                int value = flat.get(LookupVector.key(record));
                                LookupVector.setValue(record, value);
                            }
                        });
        Rounds.warmUp(inCuckoo);
        Rounds.warmUp(inArray);
        Rounds.Result result = Rounds.compare(inArray, inCuckoo);
        report.metric("label_array_over_cuckoo", result.ratio(), "ratio");
    }

    /// A burst of lookups.
    private interface Lookup {
        void at(LookupVector keys);
    }

    private Rounds.Work lookups(StampedPort.Stream stream, Lookup lookup) {
        LookupVector keys = new LookupVector(memory, BURST);
        long[] state = {0, 0};
        return count -> {
            long start = Cpu.threadNanos();
            long sum = 0;
            for (long done = 0; done < count; done += BURST) {
                take(stream, state[0] + done, keys);
                lookup.at(keys);
                long end = keys.record(BURST);
                for (long record = keys.record(0);
                        record != end;
                        record += LookupVector.RECORD_BYTES) {
                    sum += LookupVector.value(record);
                }
            }
            state[0] += count;
            state[1] += sum;
            return Cpu.threadNanos() - start;
        };
    }

    private static void askForLines(LookupVector lookups, int from, int count) {
        Prefetch.lines(lookups.lines(from), count, LookupVector.RECORD_BYTES);
    }

    private static void take(StampedPort.Stream stream, long position, LookupVector keys) {
        long mask = stream.mask();
        long base = stream.keys();
        long at = position;
        long end = keys.record(BURST);
        for (long record = keys.record(0); record != end; record += LookupVector.RECORD_BYTES) {
            int key = Integer.reverseBytes(Memory.getInt(base + ((at & mask) << 3)));
            LookupVector.setKey(record, key);
            at++;
        }
    }

    /// Six tenths are /24, as on the Internet; the others are /16 to /23, the longer the more.
    private int length() {
        int tenth = random.nextInt(10);
        return tenth < 6 ? 24 : tenth < 8 ? 22 + random.nextInt(2) : 16 + random.nextInt(6);
    }
}
