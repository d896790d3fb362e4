package org.edgeplex.bgp.wire;

import java.util.Arrays;

/// Reads big-endian fields of a byte range and never beyond it.
final class OctetReader {
    private final byte[] bytes;
    private final int end;
    private int position;

    OctetReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private OctetReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /// The range ended inside a field. Each decoder turns it into its own error.
    static final class Truncated extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Truncated() {
            super("field beyond the end", null, false, false);
        }
    }

    int remaining() {
        return end - position;
    }

    boolean hasRemaining() {
        return position < end;
    }

    int u8() {
        need(1);
        return bytes[position++] & 0xff;
    }

    int peekU8() {
        need(1);
        return bytes[position] & 0xff;
    }

    int u16() {
        need(2);
        return u8() << 8 | u8();
    }

    int u24() {
        need(3);
        return u16() << 8 | u8();
    }

    int s32() {
        need(4);
        return u16() << 16 | u16();
    }

    long u32() {
        return s32() & 0xffff_ffffL;
    }

    long s64() {
        need(8);
        return u32() << 32 | u32();
    }

    byte[] bytes(int count) {
        need(count);
        byte[] taken = Arrays.copyOfRange(bytes, position, position + count);
        position += count;
        return taken;
    }

    byte[] rest() {
        return bytes(remaining());
    }

    /// A reader of the next `count` bytes, which this one skips.
    OctetReader slice(int count) {
        need(count);
        position += count;
        return new OctetReader(bytes, position - count, position);
    }

    private void need(int count) {
        if (count > end - position) {
            throw new Truncated();
        }
    }
}
