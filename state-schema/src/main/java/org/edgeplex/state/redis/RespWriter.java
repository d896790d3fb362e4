package org.edgeplex.state.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.edgeplex.state.Bytes;

/// Commands as arrays of bulk strings, in one buffer that is used again.
final class RespWriter {
    private static final int BYTES_AT_FIRST = 1 << 16;

    private byte[] buffer = new byte[BYTES_AT_FIRST];
    private int size;

    byte[] buffer() {
        return buffer;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /// A part that was encoded before.
    RespWriter raw(byte[] encoded) {
        reserve(encoded.length);
        System.arraycopy(encoded, 0, buffer, size, encoded.length);
        size += encoded.length;
        return this;
    }

    RespWriter array(int items) {
        return head('*', items);
    }

    /// Begins a string; its octets follow, then [#endString].
    RespWriter string(int length) {
        head('$', length);
        reserve(length + 2);
        return this;
    }

    RespWriter octet(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
        return this;
    }

    RespWriter u16(int value) {
        return octet(value >>> 8).octet(value);
    }

    RespWriter i64(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            octet((int) (value >>> shift));
        }
        return this;
    }

    RespWriter bytes(Bytes bytes) {
        reserve(bytes.length());
        bytes.copyTo(buffer, size);
        size += bytes.length();
        return this;
    }

    RespWriter endString() {
        return octet('\r').octet('\n');
    }

    RespWriter bulk(Bytes bytes) {
        return string(bytes.length()).bytes(bytes).endString();
    }

    RespWriter bulk(byte[] bytes) {
        return string(bytes.length).raw(bytes).endString();
    }

    RespWriter bulk(String text) {
        return bulk(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A number that is not negative.
    RespWriter bulk(long number) {
        return string(digits(number)).number(number).endString();
    }

    private RespWriter head(char type, int count) {
        reserve(1);
        buffer[size++] = (byte) type;
        return number(count).endString();
    }

    private RespWriter number(long number) {
        int count = digits(number);
        reserve(count);
        long rest = number;
        for (int at = size + count - 1; at >= size; at--) {
            buffer[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += count;
        return this;
    }

    private static int digits(long number) {
        int count = 1;
        for (long rest = number / 10; rest != 0; rest /= 10) {
            count++;
        }
        return count;
    }

    private void reserve(int octets) {
        if (buffer.length - size < octets) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + octets));
        }
    }
}
