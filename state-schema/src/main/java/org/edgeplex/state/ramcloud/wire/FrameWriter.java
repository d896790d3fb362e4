package org.edgeplex.state.ramcloud.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.edgeplex.state.Bytes;

/// A frame that is being written, into an array that is used again for the next. For one thread.
public final class FrameWriter {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final int BYTES_FIRST = 4_096;

    /// A buffer that grew beyond this for one large request is not kept.
    private static final int BYTES_KEPT_MAX = 1 << 21;

    private byte[] array = new byte[BYTES_FIRST];
    private int length;

    static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }

    /// Begins anew.
    public FrameWriter begin(long nonce) {
        if (array.length > BYTES_KEPT_MAX) {
            array = new byte[BYTES_FIRST];
        }
        length = 0;
        return u64(nonce).u32(0);
    }

    /// Sets the length in the frame's head.
    public FrameWriter end() {
        INT.set(array, Long.BYTES, length - Protocol.FRAME_HEADER_BYTES);
        return this;
    }

    /// The frame's octets are the first [#length] of it.
    public byte[] array() {
        return array;
    }

    public int length() {
        return length;
    }

    public FrameWriter u8(int value) {
        int at = claim(Byte.BYTES);
        array[at] = (byte) value;
        return this;
    }

    public FrameWriter u16(int value) {
        int at = claim(Short.BYTES);
        SHORT.set(array, at, (short) value);
        return this;
    }

    public FrameWriter u32(int value) {
        int at = claim(Integer.BYTES);
        INT.set(array, at, value);
        return this;
    }

    /// Sets a number that was written before as a place holder.
    public void setU32(int at, int value) {
        INT.set(array, at, value);
    }

    public FrameWriter u64(long value) {
        int at = claim(Long.BYTES);
        LONG.set(array, at, value);
        return this;
    }

    public FrameWriter bytes(Bytes bytes) {
        int at = claim(bytes.length());
        bytes.copyTo(array, at);
        return this;
    }

    private int claim(int count) {
        int at = length;
        if (count > array.length - at) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, at + count));
        }
        length = at + count;
        return at;
    }
}
