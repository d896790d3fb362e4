package org.edgeplex.dataplane.traffic;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.PacketVector;

/// Sends generated packets back the way they came: addresses and ports change places, which leaves
/// every checksum right. Tags and labels stay.
final class Reflector {
    private static final int IPV4_SOURCE = 12;
    private static final int IPV4_DESTINATION = 16;
    private static final int IPV6_SOURCE = 8;
    private static final int IPV6_DESTINATION = 24;

    private final PacketIo port;
    private final PacketPool pool;
    private final PacketVector back;
    private final PacketVector others;
    private long sent;
    private long otherFrames;

    Reflector(SegmentAllocator memory, PacketIo port, PacketPool pool) {
        this.port = port;
        this.pool = pool;
        back = new PacketVector(memory, PacketIo.BURST_MAX);
        others = new PacketVector(memory, PacketIo.BURST_MAX);
    }

    /// Takes the packets and clears the vector.
    void reflect(PacketVector packets) {
        back.clear();
        others.clear();
        for (int i = 0; i < packets.size(); i++) {
            long packet = packets.get(i);
            long stamp = FrameReader.stamp(packet);
            if (stamp == FrameReader.NONE) {
                others.add(packet);
            } else {
                turn(packet, stamp - FlowPlan.UDP_BYTES);
                back.add(packet);
            }
        }
        packets.clear();
        otherFrames += others.size();
        pool.free(others);
        sent += port.transmit(back);
    }

    private static void turn(long packet, long udp) {
        long frame = Mbuf.data(packet);
        long destination = Ethernet.destination(frame);
        Ethernet.putAddress(frame + Ethernet.DESTINATION, Ethernet.source(frame));
        Ethernet.putAddress(frame + Ethernet.SOURCE, destination);
        int ports = Memory.getInt(udp);
        Memory.putInt(udp, ports << 16 | ports >>> 16);
        long ip = FrameReader.ip(packet);
        if (Ipv4.version(ip) == Ipv4.VERSION) {
            swap(ip + IPV4_SOURCE, ip + IPV4_DESTINATION, 4);
        } else {
            swap(ip + IPV6_SOURCE, ip + IPV6_DESTINATION, 16);
        }
    }

    private static void swap(long one, long other, int bytes) {
        for (int at = 0; at < bytes; at += Integer.BYTES) {
            int kept = Memory.getInt(one + at);
            Memory.putInt(one + at, Memory.getInt(other + at));
            Memory.putInt(other + at, kept);
        }
    }

    /// Packets sent back.
    long sent() {
        return sent;
    }

    /// Frames that were none of a generator.
    long otherFrames() {
        return otherFrames;
    }
}
