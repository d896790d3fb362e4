package org.edgeplex.state.ramcloud.wire;

import java.lang.invoke.VarHandle;
import org.edgeplex.state.Bytes;

/// Reads what arrived, never beyond its end: what is too short is a [MalformedReplyException].
/// Values are parts of the array, not copies.
public final class FrameReader {
    private static final VarHandle SHORT = FrameWriter.view(short[].class);
    private static final VarHandle INT = FrameWriter.view(int[].class);
    private static final VarHandle LONG = FrameWriter.view(long[].class);

    private final byte[] array;
    private final int end;
    private int at;

    public FrameReader(byte[] payload) {
        this(payload, 0, payload.length);
    }

    private FrameReader(byte[] array, int from, int end) {
        this.array = array;
        this.at = from;
        this.end = end;
    }

    public int remaining() {
        return end - at;
    }

    public int u8() {
        return array[claim(Byte.BYTES)] & 0xff;
    }

    public int u16() {
        return (short) SHORT.get(array, claim(Short.BYTES)) & 0xffff;
    }

    /// Four octets as they are.
    public int u32() {
        return (int) INT.get(array, claim(Integer.BYTES));
    }

    /// Four octets that say how many follow.
    public int length() {
        int length = u32();
        if (length < 0 || length > remaining()) {
            throw new MalformedReplyException(
                    "%d octets announced where %d are left"
                            .formatted(Integer.toUnsignedLong(length), remaining()));
        }
        return length;
    }

    public long u64() {
        return (long) LONG.get(array, claim(Long.BYTES));
    }

    public Bytes bytes(int count) {
        int from = claim(count);
        return Bytes.wrap(array, from, count);
    }

    /// A reader of the next octets, which this one skips.
    public FrameReader part(int count) {
        int from = claim(count);
        return new FrameReader(array, from, from + count);
    }

    private int claim(int count) {
        if (count < 0 || count > end - at) {
            throw new MalformedReplyException(
                    "%d octets wanted where %d are left".formatted(count, end - at));
        }
        int from = at;
        at += count;
        return from;
    }
}
