package org.edgeplex.state;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Reads what [RecordWriter] wrote; every length is checked before it is believed.
public final class RecordReader {
    private final Bytes bytes;
    private int position;

    public RecordReader(Bytes bytes) {
        this.bytes = bytes;
    }

    public int u8() {
        need(1);
        return bytes.at(position++) & 0xff;
    }

    public int u16() {
        return u8() << 8 | u8();
    }

    public int i32() {
        return u16() << 16 | u16();
    }

    public long i64() {
        return (long) i32() << 32 | i32() & 0xffff_ffffL;
    }

    public String text() {
        return utf8(bytes());
    }

    /// All of the bytes as text.
    static String utf8(Bytes bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.asByteBuffer()).toString();
        } catch (CharacterCodingException e) {
            throw new DamagedRecordException("text that is not UTF-8", e);
        }
    }

    public Bytes bytes() {
        return raw(u16());
    }

    public Bytes raw(int length) {
        need(length);
        Bytes raw = bytes.slice(position, length);
        position += length;
        return raw;
    }

    public <T> List<T> list(Function<RecordReader, T> readItem) {
        int count = u16();
        // An item is at least one octet: a count beyond the rest of the record is damage.
        need(count);
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(readItem.apply(this));
        }
        return List.copyOf(items);
    }

    /// The constant of an enum that [RecordWriter#constant] wrote.
    public <E extends Enum<E>> E oneOf(E[] values) {
        int ordinal = u8();
        if (ordinal >= values.length) {
            throw new DamagedRecordException("no such constant: " + ordinal);
        }
        return values[ordinal];
    }

    public int remaining() {
        return bytes.length() - position;
    }

    private void need(int octets) {
        if (remaining() < octets) {
            throw new DamagedRecordException(
                    "cut short at octet " + position + ": needs " + octets + " more");
        }
    }
}
