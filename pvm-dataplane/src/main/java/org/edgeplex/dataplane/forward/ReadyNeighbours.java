package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Memory;

/// The frame headers of neighbours in use, one cache line each, ready to be copied in front of a
/// packet: a cache of [Neighbours], at the place that the address's last bits say.
///
/// ```
/// 0         4                 8             16
/// | address | 1 if it is good | fresh until | ... Ethernet header and tag, ends at 40 |
/// ```
///
/// A line is good for its address only, so two neighbours of one place take turns, and a subnet of
/// up to 1024 addresses has no such two. Whoever is not here, or not fresh, is a case for
/// [Neighbours#deliver], which puts it here.
final class ReadyNeighbours {
    /// What [#find] says if the neighbour is not here.
    static final long NONE = 0;

    private static final int LINES = NeighbourTable.NEIGHBOURS_MAX;
    private static final int LINE_SHIFT = 6;
    private static final long GOOD = 1L << 32;
    private static final int FRESH_UNTIL = 8;
    private static final int TEMPLATE = 16;
    private static final int TEMPLATE_BYTES = 24;

    private final long base;
    private final Context context;

    ReadyNeighbours(SegmentAllocator memory, Context context) {
        base = memory.allocate((long) LINES << LINE_SHIFT, 1L << LINE_SHIFT).address();
        this.context = context;
    }

    /// The neighbour's line, or [#NONE].
    long find(int address, long nowNanos) {
        long line = line(address);
        boolean isHere = Memory.getLong(line) == (GOOD | address & 0xffff_ffffL);
        return isHere && Memory.getLong(line + FRESH_UNTIL) - nowNanos > 0 ? line : NONE;
    }

    /// Writes the frame header before an IP header; the 24 bytes before it must be the packet's.
    static void putFrame(long line, long header) {
        Memory.putShort(header - 18, Memory.getShort(line + TEMPLATE + 6));
        Memory.putLong(header - 16, Memory.getLong(line + TEMPLATE + 8));
        Memory.putLong(header - 8, Memory.getLong(line + TEMPLATE + 16));
    }

    void put(int address, long mac, long freshUntilNanos) {
        Access access = context.access;
        long line = line(address);
        long frame = line + TEMPLATE + TEMPLATE_BYTES - Ethernet.TAGGED_HEADER_BYTES;
        Ethernet.putTagged(frame, mac, access.gatewayMac(), access.vlan(), Ethernet.TYPE_IPV4);
        Memory.putLong(line + FRESH_UNTIL, freshUntilNanos);
        Memory.putLong(line, GOOD | address & 0xffff_ffffL);
    }

    void remove(int address) {
        Memory.putLong(line(address), 0);
    }

    /// The access has changed, and with it all headers.
    void clear() {
        for (int i = 0; i < LINES; i++) {
            remove(i);
        }
    }

    private long line(int address) {
        return base + ((long) (address & LINES - 1) << LINE_SHIFT);
    }
}
