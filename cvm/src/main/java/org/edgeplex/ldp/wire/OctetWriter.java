package org.edgeplex.ldp.wire;

import java.util.Arrays;
import org.edgeplex.net.Ipv4Address;

/// Writes big-endian fields into a growing array.
final class OctetWriter {
    private byte[] bytes = new byte[64];
    private int size;

    int size() {
        return size;
    }

    void u8(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
    }

    void u16(int value) {
        u8(value >>> 8);
        u8(value);
    }

    void u32(int value) {
        u16(value >>> 16);
        u16(value);
    }

    void address(Ipv4Address address) {
        u32(address.bits());
    }

    void bytes(byte[] source) {
        for (byte octet : source) {
            u8(octet);
        }
    }

    /// Reserves a two-octet length; `endLength` fills it with the count of bytes written since.
    int beginLength() {
        u16(0);
        return size;
    }

    void endLength(int begin) {
        int length = size - begin;
        if (length > 0xffff) {
            throw new IllegalStateException("does not fit a 16-bit length: " + length);
        }
        bytes[begin - 2] = (byte) (length >>> 8);
        bytes[begin - 1] = (byte) length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
