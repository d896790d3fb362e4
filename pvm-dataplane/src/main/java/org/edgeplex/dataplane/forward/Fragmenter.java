package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Ipv4;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;

/// Cuts a datagram that may be cut (RFC 791, section 3.2, "An Example Fragmentation Procedure").
final class Fragmenter {
    /// A buffer of 2048 bytes at the smallest MTU of 68 with the longest header of 60: the data of
    /// a fragment is then 8 bytes. More fragments than this are not worth sending.
    static final int FRAGMENTS_MAX = 32;

    private static final int OFFSET_UNIT_BYTES = 8;
    private static final int OPTION_COPIED = 0x80;
    private static final int OPTION_END = 0;
    private static final int OPTION_NO_OPERATION = 1;

    private final Context context;
    private final PacketPool pool;
    private final long[] fragments = new long[FRAGMENTS_MAX];

    Fragmenter(Context context, PacketPool pool) {
        this.context = context;
        this.pool = pool;
    }

    long fragment(int index) {
        return fragments[index];
    }

    /// Returns the count of fragments, 0 if the packet was dropped instead. The first fragment is
    /// the packet itself.
    int split(long packet, int mtuBytes) {
        long header = Mbuf.data(packet);
        int headerBytes = Ipv4.headerBytes(header);
        int dataBytes = Mbuf.length(packet) - headerBytes;
        int stepBytes = (mtuBytes - headerBytes) / OFFSET_UNIT_BYTES * OFFSET_UNIT_BYTES;
        int count = stepBytes <= 0 ? 0 : (dataBytes + stepBytes - 1) / stepBytes;
        if (count == 0 || count > FRAGMENTS_MAX) {
            context.drop(packet, Counter.DROP_TOO_BIG);
            return 0;
        }
        fragments[0] = packet;
        for (int i = 1; i < count; i++) {
            fragments[i] = pool.allocate();
            if (fragments[i] == PacketPool.NONE) {
                giveBack(i);
                return 0;
            }
        }
        for (int i = count - 1; i >= 0; i--) {
            int fromBytes = i * stepBytes;
            fill(i, headerBytes, fromBytes, Math.min(stepBytes, dataBytes - fromBytes));
        }
        context.counters.add(Counter.FRAGMENTS_SENT, count);
        return count;
    }

    private void giveBack(int count) {
        for (int i = 0; i < count; i++) {
            context.drop(fragments[i], Counter.DROP_NO_BUFFER);
        }
    }

    /// Later fragments first: the first one is cut out of the packet that they copy from.
    private void fill(int index, int headerBytes, int fromBytes, int bytes) {
        long packet = fragments[index];
        long original = Mbuf.data(fragments[0]);
        long header = Mbuf.data(packet);
        int fragment = Ipv4.fragment(original);
        int offset = (fragment & Ipv4.FRAGMENT_OFFSET_MASK) + fromBytes / OFFSET_UNIT_BYTES;
        boolean isLast = fromBytes + headerBytes + bytes == Mbuf.length(fragments[0]);
        int more = isLast ? fragment & Ipv4.MORE_FRAGMENTS : Ipv4.MORE_FRAGMENTS;
        if (index > 0) {
            Memory.copy(original, header, headerBytes);
            Memory.copy(original + headerBytes + fromBytes, header + headerBytes, bytes);
            blankOptionsNotCopied(header, headerBytes);
        }
        Mbuf.setLength(packet, headerBytes + bytes);
        Ipv4.putFragment(header, headerBytes + bytes, more | offset);
    }

    /// Options without the copied flag stay in the first fragment only (RFC 791, section 3.1).
    private static void blankOptionsNotCopied(long header, int headerBytes) {
        int at = Ipv4.HEADER_BYTES;
        while (at < headerBytes) {
            int option = Memory.getByte(header + at);
            int bytes = optionBytes(header, at, headerBytes);
            if ((option & OPTION_COPIED) == 0 && option != OPTION_END) {
                for (int i = at; i < at + bytes; i++) {
                    Memory.putByte(header + i, OPTION_NO_OPERATION);
                }
            }
            at += bytes;
        }
    }

    /// At least 1, and not beyond the header, whatever the option says.
    private static int optionBytes(long header, int at, int headerBytes) {
        int option = Memory.getByte(header + at);
        int rest = headerBytes - at;
        if (option == OPTION_END) {
            return rest;
        }
        if (option == OPTION_NO_OPERATION || rest < 2) {
            return 1;
        }
        return Math.clamp(Memory.getByte(header + at + 1), 1, rest);
    }
}
