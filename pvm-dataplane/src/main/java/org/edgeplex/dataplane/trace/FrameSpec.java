package org.edgeplex.dataplane.trace;

import java.lang.foreign.Arena;
import java.util.List;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MplsLabel;

/// A UDP packet as it would come from one side.
///
/// @param labels of a packet from the core, the outermost one first
/// @param bytes of the IP packet
record FrameSpec(
        Ipv4Address source, Ipv4Address destination, int ttl, int bytes, List<MplsLabel> labels) {
    static final int BYTES_MIN = 28;
    static final int BYTES_MAX = 1900;

    private static final long SENDER_MAC = 0x0200_0000_0001L;
    private static final int PROTOCOL_UDP = 17;
    private static final int PORT = 7; // echo
    private static final int UDP_LENGTH = 4;

    FrameSpec {
        labels = List.copyOf(labels);
        if (bytes < BYTES_MIN || bytes > BYTES_MAX) {
            throw new IllegalArgumentException("bytes out of range 28..1900: " + bytes);
        }
        if (ttl < 0 || ttl > 255) {
            throw new IllegalArgumentException("TTL out of range 0..255: " + ttl);
        }
    }

    /// With the access's VLAN tag, to the gateway.
    byte[] fromCustomer(Access access) {
        try (Arena arena = Arena.ofConfined()) {
            long frame = allocate(arena, Ethernet.TAGGED_HEADER_BYTES);
            Ethernet.putTagged(
                    frame, access.gatewayMac(), SENDER_MAC, access.vlan(), Ethernet.TYPE_IPV4);
            return finished(frame, Ethernet.TAGGED_HEADER_BYTES);
        }
    }

    /// Under the labels, to the PE's core MAC address.
    byte[] fromCore(Access access) {
        int headerBytes = Ethernet.HEADER_BYTES + labels.size() * Mpls.ENTRY_BYTES;
        try (Arena arena = Arena.ofConfined()) {
            long frame = allocate(arena, headerBytes);
            Ethernet.put(frame, access.coreMac(), SENDER_MAC, Ethernet.TYPE_MPLS);
            for (int i = 0; i < labels.size(); i++) {
                int bottom = i == labels.size() - 1 ? Mpls.BOTTOM_OF_STACK : 0;
                Memory.putIntBig(
                        frame + Ethernet.HEADER_BYTES + (long) i * Mpls.ENTRY_BYTES,
                        Mpls.entry(labels.get(i).value(), 0, bottom, ttl));
            }
            return finished(frame, headerBytes);
        }
    }

    private long allocate(Arena arena, int headerBytes) {
        return arena.allocate((long) headerBytes + bytes + Long.BYTES, Long.BYTES).address();
    }

    private byte[] finished(long frame, int headerBytes) {
        long header = frame + headerBytes;
        Ipv4.put(header, 0, bytes, 0, ttl, PROTOCOL_UDP, source.bits(), destination.bits());
        long udp = header + Ipv4.HEADER_BYTES;
        Memory.putShortBig(udp, PORT);
        Memory.putShortBig(udp + 2, PORT);
        Memory.putShortBig(udp + UDP_LENGTH, bytes - Ipv4.HEADER_BYTES);
        return Memory.bytes(frame, headerBytes + bytes);
    }
}
