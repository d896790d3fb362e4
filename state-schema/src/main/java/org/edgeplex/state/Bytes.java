package org.edgeplex.state;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Immutable bytes, ordered as unsigned: a key or a value of the store.
///
/// May be a part of a larger array, such as the answer to a batch, so that a value is read where it
/// arrived. Who keeps a small part for long keeps the whole: [#compact] it.
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    public static Bytes copyOf(byte[] bytes) {
        return wrap(bytes.clone());
    }

    /// Takes the array over without a copy: the caller must never write to it again.
    public static Bytes wrap(byte[] bytes) {
        return new Bytes(bytes, 0, bytes.length);
    }

    /// Takes part of the array over without a copy: the caller must never write to it again.
    public static Bytes wrap(byte[] bytes, int offset, int length) {
        if (offset < 0 || length < 0 || length > bytes.length - offset) {
            throw new IndexOutOfBoundsException(
                    "%d octets at %d of %d".formatted(length, offset, bytes.length));
        }
        return new Bytes(bytes, offset, length);
    }

    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public byte at(int index) {
        return array[offset + index];
    }

    /// A part, without a copy.
    public Bytes slice(int from, int sliceLength) {
        if (from < 0 || sliceLength < 0 || sliceLength > length - from) {
            throw new IndexOutOfBoundsException(
                    "%d octets at %d of %d".formatted(sliceLength, from, length));
        }
        return new Bytes(array, offset + from, sliceLength);
    }

    /// The same bytes in an array of just their length.
    public Bytes compact() {
        return length == array.length ? this : wrap(toArray());
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    public void copyTo(byte[] target, int targetOffset) {
        System.arraycopy(array, offset, target, targetOffset, length);
    }

    public void copyTo(MemorySegment target, long targetOffset) {
        MemorySegment.copy(array, offset, target, JAVA_BYTE, targetOffset, length);
    }

    /// A view of the bytes.
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    /// A view of the bytes.
    public MemorySegment asSegment() {
        return MemorySegment.ofArray(array).asSlice(offset, length).asReadOnly();
    }

    public boolean startsWith(Bytes prefix) {
        return length >= prefix.length
                && Arrays.equals(
                        array,
                        offset,
                        offset + prefix.length,
                        prefix.array,
                        prefix.offset,
                        prefix.offset + prefix.length);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(
                array,
                offset,
                offset + length,
                other.array,
                other.offset,
                other.offset + other.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bytes that && length == that.length && startsWith(that);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /// Hexadecimal.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(array, offset, offset + length);
    }
}
