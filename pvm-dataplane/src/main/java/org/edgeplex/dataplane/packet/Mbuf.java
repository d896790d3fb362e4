package org.edgeplex.dataplane.packet;

/// A packet buffer: the layout of DPDK's `rte_mbuf`, whoever allocated it.
///
/// ```
/// mbuf       +128        +128+data_off              +128+buf_len
///  | metadata | headroom  | data, data_len bytes     | tailroom |
/// ```
///
/// The in-memory port builds the same layout, so the forwarding code has one way to touch a packet.
/// Offsets are those of DPDK 22.11 on x86-64; `io.dpdk` proves them at start-up.
public final class Mbuf {
    public static final int BUFFER_ADDRESS = 0;
    public static final int DATA_OFFSET = 16;
    public static final int REFERENCE_COUNT = 18;
    public static final int SEGMENT_COUNT = 20;
    public static final int PORT = 22;
    public static final int OFFLOAD_FLAGS = 24;
    public static final int PACKET_LENGTH = 36;
    public static final int DATA_LENGTH = 40;
    public static final int BUFFER_LENGTH = 54;
    public static final int POOL = 56;
    public static final int NEXT = 64;
    public static final int HEADER_BYTES = 128;

    /// Space before the data of a fresh packet, for headers to be pushed.
    public static final int HEADROOM_BYTES = 128;

    /// Data room of our pools: an af_packet frame of 2048 bytes always fits.
    public static final int DATA_BYTES_MAX = 2048;

    public static final int BUFFER_BYTES = HEADROOM_BYTES + DATA_BYTES_MAX;

    private Mbuf() {}

    /// The address of the first byte of data.
    public static long data(long mbuf) {
        return Memory.getLong(mbuf + BUFFER_ADDRESS) + Memory.getShort(mbuf + DATA_OFFSET);
    }

    /// The count of bytes from [#data], in this segment.
    public static int length(long mbuf) {
        return Memory.getShort(mbuf + DATA_LENGTH);
    }

    public static boolean isSingleSegment(long mbuf) {
        return Memory.getShort(mbuf + SEGMENT_COUNT) == 1;
    }

    public static int headroom(long mbuf) {
        return Memory.getShort(mbuf + DATA_OFFSET);
    }

    /// Cuts or extends the packet at its end.
    public static void setLength(long mbuf, int bytes) {
        Memory.putInt(mbuf + PACKET_LENGTH, bytes);
        Memory.putShort(mbuf + DATA_LENGTH, bytes);
    }

    /// Opens room at the front and returns the new start of data; the headroom must be there.
    public static long push(long mbuf, int bytes) {
        return move(mbuf, -bytes);
    }

    /// Removes bytes at the front and returns the new start of data.
    public static long pop(long mbuf, int bytes) {
        return move(mbuf, bytes);
    }

    private static long move(long mbuf, int bytes) {
        int offset = Memory.getShort(mbuf + DATA_OFFSET) + bytes;
        Memory.putShort(mbuf + DATA_OFFSET, offset);
        setLength(mbuf, length(mbuf) - bytes);
        return Memory.getLong(mbuf + BUFFER_ADDRESS) + offset;
    }

    /// Sets where the data begin and how many they are.
    public static void setStart(long mbuf, int headroomBytes, int bytes) {
        Memory.putShort(mbuf + DATA_OFFSET, headroomBytes);
        setLength(mbuf, bytes);
    }

    /// What a PMD's receive does to a buffer taken from the pool.
    public static void reset(long mbuf) {
        Memory.putShort(mbuf + DATA_OFFSET, HEADROOM_BYTES);
        Memory.putShort(mbuf + REFERENCE_COUNT, 1);
        Memory.putShort(mbuf + SEGMENT_COUNT, 1);
        Memory.putLong(mbuf + OFFLOAD_FLAGS, 0);
        Memory.putLong(mbuf + NEXT, 0);
        setLength(mbuf, 0);
    }

    /// Replaces the whole content; the bytes must fit in [#DATA_BYTES_MAX].
    public static void write(long mbuf, byte[] content) {
        reset(mbuf);
        Memory.copy(content, data(mbuf));
        setLength(mbuf, content.length);
    }

    public static byte[] read(long mbuf) {
        return Memory.bytes(data(mbuf), length(mbuf));
    }
}
