package org.edgeplex.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/// Builds the bytes of a key or a record: big-endian, lengths before what they measure.
public final class RecordWriter {
    private static final int LENGTH_MAX = 0xffff;

    private byte[] buffer = new byte[64];
    private int length;

    public RecordWriter u8(int value) {
        fits(value, 0xff);
        ensure(1);
        buffer[length++] = (byte) value;
        return this;
    }

    public RecordWriter u16(int value) {
        fits(value, 0xffff);
        return u8(value >>> 8).u8(value & 0xff);
    }

    public RecordWriter i32(int value) {
        return u16(value >>> 16).u16(value & 0xffff);
    }

    public RecordWriter i64(long value) {
        return i32((int) (value >>> 32)).i32((int) value);
    }

    /// The constant as its ordinal, one octet: constants are only ever added at the end.
    @SuppressWarnings("EnumOrdinal")
    public RecordWriter constant(Enum<?> value) {
        return u8(value.ordinal());
    }

    /// Two octets of length, then UTF-8.
    public RecordWriter text(String value) {
        return bytes(Bytes.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    /// Two octets of length, then the bytes.
    public RecordWriter bytes(Bytes value) {
        if (value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("field longer than 65535: " + value.length());
        }
        return u16(value.length()).raw(value);
    }

    /// The bytes without a length: the last field of a key.
    public RecordWriter raw(Bytes value) {
        ensure(value.length());
        value.copyTo(buffer, length);
        length += value.length();
        return this;
    }

    /// Two octets of count, then the items.
    public <T> RecordWriter list(List<T> items, BiConsumer<RecordWriter, T> writeItem) {
        if (items.size() > LENGTH_MAX) {
            throw new IllegalArgumentException("list longer than 65535: " + items.size());
        }
        u16(items.size());
        items.forEach(item -> writeItem.accept(this, item));
        return this;
    }

    public Bytes toBytes() {
        return Bytes.wrap(Arrays.copyOf(buffer, length));
    }

    private static void fits(int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException("field out of range 0.." + max + ": " + value);
        }
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
