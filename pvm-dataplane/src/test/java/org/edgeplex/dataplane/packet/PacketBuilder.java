package org.edgeplex.dataplane.packet;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;

/// Writes packets as one reads them, from the outer header to the inner one: `packet().ethernet(to,
/// from).vlan(101).ipv4("10.1.0.2", "10.2.0.2").udp(1, 2).payload(10)`.
///
/// Independent of the code under test: plain arrays, checksums in the long way.
public final class PacketBuilder {
    private final ByteArrayOutputStream front = new ByteArrayOutputStream();
    private int typeAt = -1;
    private int lastLabelAt = -1;
    private int ipAt = -1;
    private int ttl = 64;
    private int trafficClass;
    private int identification = 0x1234;
    private int fragment;
    private int protocol = 17;
    private String options = "";
    private int ipv6At = -1;
    private int icmpv6At = -1;
    private int flowLabel;

    private PacketBuilder() {}

    public static PacketBuilder packet() {
        return new PacketBuilder();
    }

    public PacketBuilder ethernet(String destination, String source) {
        mac(destination).mac(source);
        return type(0);
    }

    private PacketBuilder mac(String address) {
        long bits = MacAddress.parse(address).bits();
        return number(bits, 6);
    }

    private PacketBuilder type(int type) {
        typeAt = front.size();
        return number(type, 2);
    }

    public PacketBuilder etherType(int type) {
        return patch(typeAt, type);
    }

    public PacketBuilder vlan(int id) {
        patch(typeAt, 0x8100).number(id, 2);
        return type(0);
    }

    /// Labels from the top down; the last one before another header is the bottom of the stack.
    public PacketBuilder mpls(int label, int trafficClass, int ttl) {
        if (lastLabelAt < 0) {
            patch(typeAt, 0x8847);
        }
        lastLabelAt = front.size();
        return number((long) label << 12 | (long) trafficClass << 9 | ttl, 4);
    }

    /// For the IPv4 header that follows.
    public PacketBuilder ttl(int value) {
        ttl = value;
        return this;
    }

    public PacketBuilder dscp(int value) {
        trafficClass = value << 2;
        return this;
    }

    /// DSCP and ECN.
    public PacketBuilder octet(int value) {
        trafficClass = value;
        return this;
    }

    public PacketBuilder fragment(int flagsAndOffset) {
        fragment = flagsAndOffset;
        return this;
    }

    public PacketBuilder identification(int value) {
        identification = value;
        return this;
    }

    public PacketBuilder protocol(int value) {
        protocol = value;
        return this;
    }

    /// In hexadecimal, a multiple of four bytes.
    public PacketBuilder options(String hex) {
        options = hex;
        return this;
    }

    public PacketBuilder ipv4(String source, String destination) {
        if (lastLabelAt >= 0) {
            bottomOfStack();
        } else if (typeAt >= 0) {
            patch(typeAt, 0x0800);
        }
        ipAt = front.size();
        number(0x40 | (20 + options.length() / 2) / 4, 1).number(trafficClass, 1).number(0, 2);
        number(identification, 2).number(fragment, 2);
        number(ttl, 1).number(protocol, 1).number(0, 2);
        address(source).address(destination);
        return hex(options);
    }

    public PacketBuilder flowLabel(int value) {
        flowLabel = value;
        return this;
    }

    /// TTL and protocol are hop limit and next header.
    public PacketBuilder ipv6(String source, String destination) {
        if (lastLabelAt >= 0) {
            bottomOfStack();
        } else if (typeAt >= 0) {
            patch(typeAt, 0x86dd);
        }
        ipv6At = front.size();
        number(0x6000_0000L | (long) trafficClass << 20 | flowLabel, 4).number(0, 2);
        number(protocol, 1).number(ttl, 1);
        front.writeBytes(InetAddress.ofLiteral(source).getAddress());
        front.writeBytes(InetAddress.ofLiteral(destination).getAddress());
        return this;
    }

    /// An ICMPv6 message; its checksum counts to the end.
    public PacketBuilder icmpv6(int type, int code, int rest) {
        icmpv6At = front.size();
        return icmp(type, code, rest);
    }

    public PacketBuilder address6(String address) {
        return bytes(InetAddress.ofLiteral(address).getAddress());
    }

    /// An option of neighbour discovery that holds a MAC address.
    public PacketBuilder linkLayerOption(int type, String mac) {
        return number(type, 1).number(1, 1).mac(mac);
    }

    private void bottomOfStack() {
        byte[] bytes = front.toByteArray();
        bytes[lastLabelAt + 2] |= 1;
        front.reset();
        front.writeBytes(bytes);
    }

    public PacketBuilder udp(int sourcePort, int destinationPort, int payloadBytes) {
        number(sourcePort, 2).number(destinationPort, 2).number(8 + payloadBytes, 2).number(0, 2);
        return payload(payloadBytes);
    }

    public PacketBuilder icmp(int type, int code, int rest) {
        return number(type, 1).number(code, 1).number(0, 2).number(rest, 4);
    }

    /// Counts 0, 1, 2... so that a displaced byte shows.
    public PacketBuilder payload(int bytes) {
        for (int i = 0; i < bytes; i++) {
            front.write(i);
        }
        return this;
    }

    public PacketBuilder arp(
            int operation, String senderMac, String sender, String targetMac, String target) {
        patch(typeAt, 0x0806).hex("000108000604").number(operation, 2);
        mac(senderMac).address(sender).mac(targetMac);
        return address(target);
    }

    public PacketBuilder hex(String hex) {
        front.writeBytes(HexFormat.of().parseHex(hex));
        return this;
    }

    public PacketBuilder bytes(byte[] bytes) {
        front.writeBytes(bytes);
        return this;
    }

    /// The frame, with lengths and checksums of the (last) IPv4 header and its ICMP filled in.
    public byte[] build() {
        byte[] bytes = front.toByteArray();
        if (ipAt >= 0) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            int headerBytes = (bytes[ipAt] & 0xf) * 4;
            buffer.putShort(ipAt + 2, (short) (bytes.length - ipAt));
            buffer.putShort(ipAt + 10, (short) checksum(bytes, ipAt, ipAt + headerBytes));
            int dataAt = ipAt + headerBytes;
            if (protocol == 1 && fragment == 0) {
                buffer.putShort(dataAt + 2, (short) checksum(bytes, dataAt, bytes.length));
            }
        }
        if (ipv6At >= 0) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            buffer.putShort(ipv6At + 4, (short) (bytes.length - ipv6At - 40));
            if (icmpv6At >= 0) {
                buffer.putShort(icmpv6At + 2, (short) icmpv6Checksum(bytes));
            }
        }
        return bytes;
    }

    /// Over addresses, length, next header and message (RFC 8200, section 8.1).
    private int icmpv6Checksum(byte[] bytes) {
        int length = bytes.length - icmpv6At;
        ByteBuffer covered = ByteBuffer.allocate(40 + length);
        covered.put(bytes, ipv6At + 8, 32).putInt(length).putInt(58);
        covered.put(bytes, icmpv6At, length);
        return checksum(covered.array(), 0, covered.capacity());
    }

    /// The frame, padded with zeros to the length.
    public byte[] buildPadded(int length) {
        return Arrays.copyOf(build(), length);
    }

    private static int checksum(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += (bytes[i] & 0xff) << ((i - from) % 2 == 0 ? 8 : 0);
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }

    private PacketBuilder address(String address) {
        return number(Ipv4Address.parse(address).bits(), 4);
    }

    private PacketBuilder number(long value, int bytes) {
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
            front.write((int) (value >>> shift));
        }
        return this;
    }

    private PacketBuilder patch(int at, int value) {
        byte[] bytes = front.toByteArray();
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
        front.reset();
        front.writeBytes(bytes);
        return this;
    }
}
