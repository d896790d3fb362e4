package org.edgeplex.dataplane.packet;

/// ARP for IPv4 over Ethernet (RFC 826).
///
/// ```
/// 0      2      4   5   6      8        14       18       24       28
/// | hrd  | pro  |hln|pln| op   | sha    | spa    | tha    | tpa    |
/// ```
public final class Arp {
    public static final int BYTES = 28;
    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    /// Hardware type Ethernet, protocol IPv4, address lengths 6 and 4.
    private static final long ETHERNET_IPV4 = 0x0001_0800_0604L;

    private static final int OPERATION = 6;
    private static final int SENDER_HARDWARE = 8;
    private static final int SENDER_PROTOCOL = 14;
    private static final int TARGET_HARDWARE = 18;
    private static final int TARGET_PROTOCOL = 24;

    private Arp() {}

    public static boolean isEthernetIpv4(long arp) {
        return Ethernet.address(arp) == ETHERNET_IPV4;
    }

    public static int operation(long arp) {
        return Memory.getShortBig(arp + OPERATION);
    }

    public static long senderHardware(long arp) {
        return Ethernet.address(arp + SENDER_HARDWARE);
    }

    public static int senderProtocol(long arp) {
        return Memory.getIntBig(arp + SENDER_PROTOCOL);
    }

    public static int targetProtocol(long arp) {
        return Memory.getIntBig(arp + TARGET_PROTOCOL);
    }

    public static void put(
            long arp,
            int operation,
            long senderHardware,
            int senderProtocol,
            long targetHardware,
            int targetProtocol) {
        Ethernet.putAddress(arp, ETHERNET_IPV4);
        Memory.putShortBig(arp + OPERATION, operation);
        Ethernet.putAddress(arp + SENDER_HARDWARE, senderHardware);
        Memory.putIntBig(arp + SENDER_PROTOCOL, senderProtocol);
        Ethernet.putAddress(arp + TARGET_HARDWARE, targetHardware);
        Memory.putIntBig(arp + TARGET_PROTOCOL, targetProtocol);
    }
}
