package org.edgeplex.dataplane.trace;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.edgeplex.dataplane.feed.StoredForwarding;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.dataplane.io.MemoryPacketIo;
import org.edgeplex.dataplane.io.MemoryPacketPool;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.packet.Arp;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.PacketVector;
import org.edgeplex.net.MacAddress;

/// A forwarder for one packet, with the tables of a data plane that starts now.
final class PacketTrace {
    private static final HexFormat HEX = HexFormat.of();
    private static final int BUFFERS = 256;
    private static final int ARP_FRAME_BYTES = Ethernet.TAGGED_HEADER_BYTES + Arp.BYTES;

    /// A moment of no meaning; time stands still.
    private static final long NOW_NANOS = 1_000_000_000L;

    private final StoredForwarding stored;
    private final Tables tables;
    private final MacAddress neighbourMac;

    /// @param neighbourMac what every neighbour answers with
    PacketTrace(StoredForwarding stored, MacAddress neighbourMac) {
        this.stored = stored;
        this.neighbourMac = neighbourMac;
        tables = new Tables(stored.updates());
    }

    Tables tables() {
        return tables;
    }

    TracedPacket run(byte[] frame) {
        try (Arena arena = Arena.ofConfined()) {
            return run(arena, frame);
        }
    }

    private TracedPacket run(Arena arena, byte[] frame) {
        MemoryPacketPool pool = new MemoryPacketPool(arena, BUFFERS);
        MemoryPacketIo port = new MemoryPacketIo(pool);
        MemoryPacketIo tap = new MemoryPacketIo(pool);
        Forwarder forwarder =
                new Forwarder(
                        arena, pool, stored.access(), Forwarder.Sizes.DEFAULT, new Counters());
        for (ForwardingUpdate update : stored.updates()) {
            forwarder.apply(update, NOW_NANOS);
        }
        StepTracer tracer = new StepTracer(tables);
        forwarder.trace(tracer);
        PacketVector burst = new PacketVector(arena, PacketIo.BURST_MAX);
        arrive(forwarder, port, burst, frame);
        forwarder.flush(port, tap);
        List<TracedPacket.Out> out = new ArrayList<>();
        take(port, tap, out);
        if (tracer.waitsForNeighbour()) {
            answer(arena, out, tracer).forEach(reply -> arrive(forwarder, port, burst, reply));
            forwarder.flush(port, tap);
            take(port, tap, out);
        }
        return new TracedPacket(HEX.formatHex(frame), tracer.steps(), out);
    }

    private static void arrive(
            Forwarder forwarder, MemoryPacketIo port, PacketVector burst, byte[] frame) {
        port.arrive(frame);
        port.receive(burst);
        forwarder.fromPort(burst, NOW_NANOS);
    }

    private static void take(MemoryPacketIo port, MemoryPacketIo tap, List<TracedPacket.Out> out) {
        port.takeSent()
                .forEach(frame -> out.add(new TracedPacket.Out("trunk", HEX.formatHex(frame))));
        tap.takeSent().forEach(frame -> out.add(new TracedPacket.Out("tap", HEX.formatHex(frame))));
    }

    /// What the neighbours say that were asked for.
    private List<byte[]> answer(Arena arena, List<TracedPacket.Out> sent, StepTracer tracer) {
        List<byte[]> replies = new ArrayList<>();
        long request = arena.allocate(Ethernet.FRAME_BYTES_MIN, Long.BYTES).address();
        long reply = arena.allocate(Ethernet.FRAME_BYTES_MIN, Long.BYTES).address();
        Access access = stored.access();
        for (TracedPacket.Out out : sent) {
            byte[] frame = HEX.parseHex(out.frame());
            if (frame.length < ARP_FRAME_BYTES) {
                continue;
            }
            Memory.copy(Arrays.copyOf(frame, ARP_FRAME_BYTES), request);
            long arp = request + Ethernet.TAGGED_HEADER_BYTES;
            if (Ethernet.type(request) != Ethernet.TYPE_VLAN
                    || Ethernet.taggedType(request) != Ethernet.TYPE_ARP
                    || Arp.operation(arp) != Arp.REQUEST) {
                continue;
            }
            int asked = Arp.targetProtocol(arp);
            int asker = Arp.senderProtocol(arp);
            tracer.add("assumed", "the neighbour answers with " + neighbourMac);
            Ethernet.putTagged(
                    reply,
                    access.gatewayMac(),
                    neighbourMac.bits(),
                    access.vlan(),
                    Ethernet.TYPE_ARP);
            Arp.put(
                    reply + Ethernet.TAGGED_HEADER_BYTES,
                    Arp.REPLY,
                    neighbourMac.bits(),
                    asked,
                    access.gatewayMac(),
                    asker);
            replies.add(Memory.bytes(reply, Ethernet.FRAME_BYTES_MIN));
        }
        return replies;
    }
}
