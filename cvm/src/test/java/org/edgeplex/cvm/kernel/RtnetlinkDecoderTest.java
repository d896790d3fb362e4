package org.edgeplex.cvm.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.junit.jupiter.api.Test;

class RtnetlinkDecoderTest {
    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_PRIORITY = 6;
    private static final int RTA_MULTIPATH = 9;
    private static final int NDA_LLADDR = 2;
    private static final byte[] LOOPBACK = {10, 0, 0, 9};
    private static final byte[] GATEWAY = {10, 1, 0, 1};
    private static final Ipv4Prefix FEC = Ipv4Prefix.parse("10.0.0.9/32");
    private static final Ipv4Address HOP = Ipv4Address.parse("10.1.0.1");

    private final ByteBuffer out = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());

    @Test
    void readsARouteWithItsNextHop() {
        int begin = header(RtnetlinkDecoder.RTM_NEWROUTE);
        routeBody(32, 254, 1);
        attribute(RTA_DST, LOOPBACK);
        attribute(RTA_PRIORITY, number(20));
        attribute(RTA_OIF, number(3));
        attribute(RTA_GATEWAY, GATEWAY);
        end(begin);
        assertEquals(
                List.of(
                        new RtnetlinkMessage.Route(
                                FEC, 20, List.of(new RtnetlinkMessage.Hop(3, HOP)))),
                decode());
    }

    @Test
    void aConnectedRouteLeadsToItsDestination() {
        int begin = header(RtnetlinkDecoder.RTM_NEWROUTE);
        routeBody(24, 254, 1);
        attribute(RTA_DST, new byte[] {10, 1, 0, 0});
        attribute(RTA_OIF, number(3));
        end(begin);
        Ipv4Prefix link = Ipv4Prefix.parse("10.1.0.0/24");
        assertEquals(
                List.of(
                        new RtnetlinkMessage.Route(
                                link, 0, List.of(new RtnetlinkMessage.Hop(3, link.address())))),
                decode());
    }

    @Test
    void readsAllNextHopsOfAMultipathRoute() {
        int begin = header(RtnetlinkDecoder.RTM_NEWROUTE);
        routeBody(32, 254, 1);
        attribute(RTA_DST, LOOPBACK);
        int multipath = beginAttribute(RTA_MULTIPATH);
        for (int hop = 1; hop <= 2; hop++) {
            out.putShort((short) 16).put((byte) 0).put((byte) 0).putInt(hop);
            attribute(RTA_GATEWAY, new byte[] {10, 1, 0, (byte) hop});
        }
        endAttribute(multipath);
        end(begin);
        assertEquals(
                List.of(
                        new RtnetlinkMessage.Route(
                                FEC,
                                0,
                                List.of(
                                        new RtnetlinkMessage.Hop(1, HOP),
                                        new RtnetlinkMessage.Hop(
                                                2, Ipv4Address.parse("10.1.0.2"))))),
                decode());
    }

    @Test
    void routesOfOtherTablesAndKindsAreNotOurs() {
        for (int[] each : new int[][] {{255, 1}, {254, 2}, {254, 6}}) {
            int begin = header(RtnetlinkDecoder.RTM_NEWROUTE);
            routeBody(32, each[0], each[1]);
            attribute(RTA_DST, LOOPBACK);
            attribute(RTA_OIF, number(3));
            end(begin);
        }
        RtnetlinkMessage other = new RtnetlinkMessage.Other(RtnetlinkDecoder.RTM_NEWROUTE);
        assertEquals(List.of(other, other, other), decode());
    }

    @Test
    void readsNeighborsThatMayBeUsed() {
        neighbor(0x02);
        neighbor(0x04);
        neighbor(0x01); // incomplete
        neighbor(0x20); // failed
        RtnetlinkMessage known =
                new RtnetlinkMessage.Neighbor(3, HOP, MacAddress.parse("02:00:00:00:00:fe"));
        RtnetlinkMessage other = new RtnetlinkMessage.Other(RtnetlinkDecoder.RTM_NEWNEIGH);
        assertEquals(List.of(known, known, other, other), decode());
    }

    @Test
    void readsTheEndAndErrors() {
        end(header(3));
        int begin = header(2);
        out.putInt(-105);
        end(begin);
        assertEquals(
                List.of(new RtnetlinkMessage.Done(), new RtnetlinkMessage.Refused(105)), decode());
    }

    @Test
    void aMessageThatIsCutOffIsNotReported() {
        neighbor(0x02);
        byte[] all = bytes();
        for (int length = 0; length < all.length; length++) {
            assertEquals(List.of(), RtnetlinkDecoder.decode(all, length), "of " + length);
        }
    }

    private void neighbor(int state) {
        int begin = header(RtnetlinkDecoder.RTM_NEWNEIGH);
        out.put((byte) 2).put(new byte[3]).putInt(3).putShort((short) state).putShort((short) 0);
        attribute(RTA_DST, GATEWAY);
        attribute(NDA_LLADDR, new byte[] {2, 0, 0, 0, 0, (byte) 0xfe});
        end(begin);
    }

    private int header(int type) {
        int begin = out.position();
        out.putInt(0).putShort((short) type).putShort((short) 0).putInt(0).putInt(0);
        return begin;
    }

    private void end(int begin) {
        out.putInt(begin, out.position() - begin);
    }

    private void routeBody(int prefixLength, int table, int type) {
        out.put((byte) 2).put((byte) prefixLength).put((byte) 0).put((byte) 0);
        out.put((byte) table).put((byte) 188).put((byte) 0).put((byte) type).putInt(0);
    }

    private void attribute(int type, byte[] value) {
        int begin = beginAttribute(type);
        out.put(value);
        endAttribute(begin);
    }

    private int beginAttribute(int type) {
        int begin = out.position();
        out.putShort((short) 0).putShort((short) type);
        return begin;
    }

    private void endAttribute(int begin) {
        out.putShort(begin, (short) (out.position() - begin));
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[out.position()];
        out.duplicate().flip().get(bytes);
        return bytes;
    }

    private List<RtnetlinkMessage> decode() {
        byte[] bytes = bytes();
        return RtnetlinkDecoder.decode(bytes, bytes.length);
    }
}
