package org.edgeplex.bgp.wire;

import java.util.Arrays;

/// Writes big-endian fields into bytes that grow.
final class OctetWriter {
    private static final int FIRST_BYTES = 128;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    int length() {
        return length;
    }

    OctetWriter u8(int value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) value;
        return this;
    }

    OctetWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    OctetWriter u24(int value) {
        return u8(value >>> 16).u16(value);
    }

    OctetWriter u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    OctetWriter u64(long value) {
        return u32(value >>> 32).u32(value);
    }

    OctetWriter bytes(byte[] value) {
        for (byte octet : value) {
            u8(octet);
        }
        return this;
    }

    /// Fills in a length that was not known when its place was written.
    void setU16(int offset, int value) {
        bytes[offset] = (byte) (value >>> 8);
        bytes[offset + 1] = (byte) value;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
