package org.edgeplex.dataplane.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.dpdk.DpdkMemory;
import org.edgeplex.dataplane.io.dpdk.DpdkPool;
import org.edgeplex.dataplane.io.dpdk.DpdkPort;
import org.edgeplex.dataplane.io.dpdk.Eal;
import org.edgeplex.dataplane.io.dpdk.PortSpec;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.PacketVector;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;

/// Our packet path beside other forwarders, which run in processes of their own on the same CPU, in
/// turns with ours: packets per second of CPU time of the thread that forwards.
///
/// The source is a file that the pcap driver repeats and the sink a null port, the same for all.
/// Ours has a million routes and takes the customer's tag off; Open vSwitch has a rule and l3fwd a
/// route for each destination of the file, and no tag.
final class PeerBench {
    private static final int MEMORY_MEGABYTES = 400;
    private static final int PACKETS = 16_383;
    private static final int ROUNDS = 6;
    private static final long SLICE_NANOS = 400_000_000;
    private static final long CHUNK = 50_000;
    private static final int FEW = 64;
    private static final int MANY = 4096;

    private final ForwardBench.Report report;
    private final int cpu;
    private final Path folder;
    private final Arena arena = Arena.ofShared();
    private final DpdkPool pool;

    private PeerBench(ForwardBench.Report report, int cpu, Path folder) {
        this.report = report;
        this.cpu = cpu;
        this.folder = folder;
        Eal.start(new Eal.Options(MEMORY_MEGABYTES, cpu));
        pool = DpdkPool.create("peers", PACKETS, 256);
    }

    /// @param missing takes the reason for each peer that is not there
    static void run(ForwardBench.Report report, Missing missing, int cpu) {
        try {
            Path folder = Files.createTempDirectory("edgeplex-peers");
            try {
                PeerBench bench = new PeerBench(report, cpu, folder);
                bench.pureIo(missing);
                bench.forwarding(missing);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes the reason why a figure is not there.
    interface Missing {
        void metric(String name, String why);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// Receive and send alone, and with the addresses exchanged.
    private void pureIo(Missing missing) {
        try (DpdkPort port = DpdkPort.open(PortSpec.parse("null"), pool)) {
            Rounds.Work io = bounce(port, false);
            Rounds.Work swap = bounce(port, true);
            compare(missing, "java_io", io, "testpmd_io", () -> DpdkPeer.testpmd(folder, cpu, "io"))
                    .accept("java_over_testpmd_io");
            compare(
                            missing,
                            "java_macswap",
                            swap,
                            "testpmd_macswap",
                            () -> DpdkPeer.testpmd(folder, cpu, "macswap"))
                    .accept("java_over_testpmd");
        }
    }

    private Rounds.Work bounce(PacketIo port, boolean swaps) {
        PacketVector burst = new PacketVector(arena, PacketIo.BURST_MAX);
        return packets -> {
            long start = Cpu.threadNanos();
            for (long done = 0; done < packets; ) {
                done += port.receive(burst);
                if (swaps) {
                    swapAddresses(burst);
                }
                int ignored = port.transmit(burst);
            }
            return Cpu.threadNanos() - start;
        };
    }

    private static void swapAddresses(PacketVector burst) {
        for (int i = 0; i < burst.size(); i++) {
            long frame = Mbuf.data(burst.get(i));
            long first = Memory.getLong(frame);
            long source = first >>> 48 | (Memory.getInt(frame + 8) & 0xffff_ffffL) << 16;
            Memory.putLong(frame, source | first << 48);
            Memory.putInt(frame + 8, (int) (first >>> 16));
        }
    }

    private void forwarding(Missing missing) {
        PushRig rig = new PushRig(arena, new DpdkMemory(), pool);
        List<Ipv4Address> many = PushRig.destinations(MANY);
        List<Ipv4Address> few = many.subList(0, FEW);
        Path routes = folder.resolve("routes");
        Path routes6 = folder.resolve("routes6");
        // Longer ones would take more of its second-level tables than it has.
        write(routes, many.stream().map(to -> "R" + Ipv4Prefix.containing(to, 24) + " 1").toList());
        write(routes6, List.of("R2001:db8::/48 1"));
        Path manyFrames = untagged("many", many);
        Path fewFrames = untagged("few", few);
        forwarding(
                missing,
                rig,
                many,
                new Against(
                        "l3fwd_lpm",
                        () -> DpdkPeer.l3fwd(folder, cpu, manyFrames, routes, routes6)),
                "java_over_l3fwd_lpm");
        forwarding(
                missing,
                rig,
                many,
                new Against(
                        "ovs_dpdk_mpls", () -> OvsPeer.start(folder, cpu, manyFrames, flows(many))),
                "java_over_ovs_dpdk_mpls");
        forwarding(
                missing,
                rig,
                few,
                new Against(
                        "ovs_dpdk_mpls_64_flows",
                        () -> OvsPeer.start(folder, cpu, fewFrames, flows(few))),
                "java_over_ovs_dpdk_mpls_64_flows");
        rig.checkAllLeft();
    }

    private record Against(String name, Supplier<Peer> peer) {}

    private void forwarding(
            Missing missing,
            PushRig rig,
            List<Ipv4Address> destinations,
            Against against,
            String ratio) {
        Path frames = folder.resolve("tagged" + destinations.size());
        PcapFile.write(frames, PushRig.frames(destinations, true));
        String source = "pcap:" + frames + ",infinite_rx=1";
        try (DpdkPort from = DpdkPort.open(PortSpec.parse(source), pool);
                DpdkPort to = DpdkPort.open(PortSpec.parse("null,no-rx=1"), pool)) {
            Rounds.Work java = rig.forwarding(new PairedPort(from, to));
            String name = "java_push_beside_" + against.name;
            compare(missing, name, java, against.name, against.peer).accept(ratio);
        }
    }

    private Path untagged(String name, List<Ipv4Address> destinations) {
        Path file = folder.resolve(name);
        PcapFile.write(file, PushRig.frames(destinations, false));
        return file;
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> flows(List<Ipv4Address> destinations) {
        List<String> flows = new ArrayList<>();
        for (int i = 0; i < destinations.size(); i++) {
            flows.add(
                    "priority=10,in_port=1,ip,nw_dst="
                            + destinations.get(i)
                            + ",actions=dec_ttl,push_mpls:0x8847,set_field:"
                            + (100_000 + i)
                            + "->mpls_label,push_mpls:0x8847,set_field:"
                            + (16 + i)
                            + "->mpls_label,set_field:02:00:00:00:00:02->eth_src,"
                            + "set_field:02:00:00:00:00:03->eth_dst,output:2");
        }
        return flows;
    }

    /// Takes the name of the ratio.
    private interface Ratio {
        void accept(String name);
    }

    private Ratio compare(
            Missing missing, String ours, Rounds.Work java, String theirs, Supplier<Peer> start) {
        Rounds.warmUp(java);
        try (Peer peer = start.get()) {
            peer.pause();
            double[] javaNanos = new double[ROUNDS];
            double[] peerNanos = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                boolean isJavaFirst = i % 2 == 0;
                if (isJavaFirst) {
                    javaNanos[i] = slice(java);
                }
                peerNanos[i] = slice(peer);
                if (!isJavaFirst) {
                    javaNanos[i] = slice(java);
                }
            }
            double javaMedian = median(javaNanos);
            double peerMedian = median(peerNanos);
            report.metric(ours, 1e3 / javaMedian, "Mpps");
            report.metric(theirs, 1e3 / peerMedian, "Mpps");
            return name -> report.metric(name, peerMedian / javaMedian, "ratio");
        } catch (Peer.MissingException e) {
            missing.metric(theirs, String.valueOf(e.getMessage()));
            return name -> missing.metric(name, "without " + theirs);
        }
    }

    private static double slice(Rounds.Work work) {
        long ignored = work.run(CHUNK); // warms up
        long nanos = 0;
        long packets = 0;
        while (nanos < SLICE_NANOS) {
            nanos += work.run(CHUNK);
            packets += CHUNK;
        }
        return (double) nanos / packets;
    }

    /// By the time of the forwarding thread: how long others held it up does not count.
    private static double slice(Peer peer) {
        peer.resume();
        LockSupport.parkNanos(SLICE_NANOS / 4); // warms up
        Map<Path, Long> start = Command.threadNanos(peer.pid());
        long startPackets = peer.packets();
        long nanos;
        do {
            LockSupport.parkNanos(SLICE_NANOS / 4);
            nanos = Command.busiestThreadNanos(peer.pid(), start);
        } while (nanos < SLICE_NANOS);
        long packets = peer.packets() - startPackets;
        nanos = Command.busiestThreadNanos(peer.pid(), start);
        peer.pause();
        return (double) nanos / Math.max(1, packets);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    }
}
