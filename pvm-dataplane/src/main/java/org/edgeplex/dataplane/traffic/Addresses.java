package org.edgeplex.dataplane.traffic;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// Addresses that follow each other, of IPv4 or IPv6; only their last 32 bits differ.
///
/// @param first the first address as on the wire
/// @param count how many there are
record Addresses(ByteBuffer first, int count) {
    private static final int COUNT_MAX = Stamp.FLOWS_MAX;

    /// `ADDRESS` alone, or `ADDRESS/LENGTH`: it and those that follow it within the prefix.
    static Addresses parse(String text) {
        int slash = text.indexOf('/');
        byte[] bytes;
        try {
            String literal = slash < 0 ? text : text.substring(0, slash);
            InetAddress address = InetAddress.ofLiteral(literal);
            bytes = address.getAddress();
            if (address instanceof Inet6Address six && six.getScopeId() != 0) {
                throw new IllegalArgumentException("scope");
            }
            int bits = bytes.length * Byte.SIZE;
            int length = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            if (length < 0 || length > bits) {
                throw new IllegalArgumentException("length");
            }
            return new Addresses(ByteBuffer.wrap(bytes), count(bytes, bits - length));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither ADDRESS nor ADDRESS/LENGTH", e);
        }
    }

    private static int count(byte[] first, int hostBits) {
        long low = low(first) & 0xffff_ffffL;
        long room = 1L << Math.min(hostBits, Integer.SIZE);
        long left = room - (low & room - 1);
        return (int) Math.min(left, COUNT_MAX);
    }

    /// The same first address with the longest prefix that has so many, as a user writes it.
    String widened(int wanted) {
        int bits = first.capacity() * Byte.SIZE;
        int hostBits = 0;
        while (hostBits < Integer.SIZE && count(bytes(), hostBits) < wanted) {
            hostBits++;
        }
        try {
            String address = InetAddress.getByAddress(bytes()).getHostAddress();
            return address + "/" + (bits - hostBits);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes", e);
        }
    }

    private static int low(byte[] address) {
        return ByteBuffer.wrap(address).getInt(address.length - Integer.BYTES);
    }

    boolean isIpv6() {
        return first.capacity() == 16;
    }

    /// The last 32 bits of an address.
    int low(int index) {
        return first.getInt(first.capacity() - Integer.BYTES) + index;
    }

    boolean containsIpv4(int address) {
        return !isIpv6() && Integer.compareUnsigned(address - low(0), count) < 0;
    }

    byte[] bytes() {
        byte[] bytes = new byte[first.capacity()];
        first.get(0, bytes);
        return bytes;
    }
}
