package org.edgeplex.dataplane.packet;

/// The Ethernet header, with or without one 802.1Q tag.
///
/// ```
/// 0            6            12        14        16        18
/// | destination | source    | type    |                          untagged: 14 bytes
/// | destination | source    | 0x8100  | PCP/VID | type    |      tagged: 18 bytes
/// ```
public final class Ethernet {
    public static final int DESTINATION = 0;
    public static final int SOURCE = 6;
    public static final int TYPE = 12;
    public static final int HEADER_BYTES = 14;

    public static final int VLAN_TAG_BYTES = 4;
    public static final int TAGGED_TYPE = 16;
    public static final int TAGGED_HEADER_BYTES = HEADER_BYTES + VLAN_TAG_BYTES;
    public static final int VLAN_ID_MASK = 0xfff;
    private static final int TAG_CONTROL = 14;
    public static final int FRAME_BYTES_MIN = 64;

    public static final int TYPE_IPV4 = 0x0800;
    public static final int TYPE_ARP = 0x0806;
    public static final int TYPE_VLAN = 0x8100;
    public static final int TYPE_IPV6 = 0x86dd;
    public static final int TYPE_MPLS = 0x8847;

    public static final long BROADCAST = 0xffff_ffff_ffffL;
    private static final long GROUP_BIT = 1L << 40;

    private Ethernet() {}

    public static long destination(long frame) {
        return address(frame + DESTINATION);
    }

    public static long source(long frame) {
        return address(frame + SOURCE);
    }

    /// A 48-bit address, the first octet on the wire in the highest bits.
    public static long address(long at) {
        return (long) Memory.getShortBig(at) << 32 | Memory.getIntBig(at + 2) & 0xffff_ffffL;
    }

    public static void putAddress(long at, long mac) {
        Memory.putShortBig(at, (int) (mac >>> 32));
        Memory.putIntBig(at + 2, (int) mac);
    }

    public static boolean isGroup(long mac) {
        return (mac & GROUP_BIT) != 0;
    }

    public static int type(long frame) {
        return Memory.getShortBig(frame + TYPE);
    }

    public static int taggedType(long frame) {
        return Memory.getShortBig(frame + TAGGED_TYPE);
    }

    public static int vlanId(long frame) {
        return Memory.getShortBig(frame + TAG_CONTROL) & VLAN_ID_MASK;
    }

    public static void put(long frame, long destination, long source, int type) {
        putAddress(frame + DESTINATION, destination);
        putAddress(frame + SOURCE, source);
        Memory.putShortBig(frame + TYPE, type);
    }

    public static void putTagged(long frame, long destination, long source, int vlan, int type) {
        put(frame, destination, source, TYPE_VLAN);
        Memory.putShortBig(frame + TAG_CONTROL, vlan);
        Memory.putShortBig(frame + TAGGED_TYPE, type);
    }

    /// Removes the tag of a tagged frame: the two addresses move four bytes towards the data.
    public static void untag(long packet) {
        long frame = Mbuf.data(packet);
        long addresses = Memory.getLong(frame);
        int rest = Memory.getInt(frame + 8);
        long untagged = Mbuf.pop(packet, VLAN_TAG_BYTES);
        Memory.putLong(untagged, addresses);
        Memory.putInt(untagged + 8, rest);
    }

    /// Tags an untagged frame with priority 0.
    public static void tag(long packet, int vlan) {
        long frame = Mbuf.data(packet);
        long addresses = Memory.getLong(frame);
        int rest = Memory.getInt(frame + 8);
        long tagged = Mbuf.push(packet, VLAN_TAG_BYTES);
        Memory.putLong(tagged, addresses);
        Memory.putInt(tagged + 8, rest);
        Memory.putShortBig(tagged + TYPE, TYPE_VLAN);
        Memory.putShortBig(tagged + TAG_CONTROL, vlan);
    }

    /// Lengthens a short frame with zeros: not every virtual port does (IEEE 802.3, section
    /// 4.2.3.3).
    public static void pad(long packet) {
        int length = Mbuf.length(packet);
        if (length < FRAME_BYTES_MIN) {
            long frame = Mbuf.data(packet);
            for (int i = length; i < FRAME_BYTES_MIN; i++) {
                Memory.putByte(frame + i, 0);
            }
            Mbuf.setLength(packet, FRAME_BYTES_MIN);
        }
    }
}
