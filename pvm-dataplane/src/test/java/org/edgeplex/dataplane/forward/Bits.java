package org.edgeplex.dataplane.forward;

import java.math.BigInteger;
import java.util.Arrays;

/// Numbers in arrays of bytes, in network order, and the checksum in the long way.
final class Bits {
    private Bits() {}

    static int octet(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    static int pair(byte[] bytes, int at) {
        return octet(bytes, at) << 8 | octet(bytes, at + 1);
    }

    static int word(byte[] bytes, int at) {
        return pair(bytes, at) << 16 | pair(bytes, at + 2);
    }

    static BigInteger number(byte[] bytes, int at, int count) {
        return new BigInteger(1, Arrays.copyOfRange(bytes, at, at + count));
    }

    static void put(byte[] bytes, int at, int count, long value) {
        for (int i = 0; i < count; i++) {
            bytes[at + i] = (byte) (value >>> 8 * (count - 1 - i));
        }
    }

    static byte[] join(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static byte[] from(byte[] bytes, int at) {
        return Arrays.copyOfRange(bytes, at, bytes.length);
    }

    /// What makes the sum of all 16-bit words all ones.
    static int checksum(byte[] bytes, int from, int to) {
        long sum = 0;
        for (int at = from; at < to; at += 2) {
            sum += at + 1 < to ? pair(bytes, at) : octet(bytes, at) << 8;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }
}
