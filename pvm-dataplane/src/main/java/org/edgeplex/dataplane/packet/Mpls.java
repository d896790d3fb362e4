package org.edgeplex.dataplane.packet;

/// A label stack entry (RFC 3032, section 2.1).
///
/// ```
/// |                Label                  | TC  |S|       TTL     |
///                    20                      3   1        8
/// ```
public final class Mpls {
    public static final int ENTRY_BYTES = 4;
    public static final int BOTTOM_OF_STACK = 1 << 8;

    private static final int LABEL_SHIFT = 12;
    private static final int TRAFFIC_CLASS_SHIFT = 9;

    private Mpls() {}

    public static int entry(int label, int trafficClass, int bottomOfStack, int ttl) {
        return label << LABEL_SHIFT | trafficClass << TRAFFIC_CLASS_SHIFT | bottomOfStack | ttl;
    }

    /// What an entry says besides its label, as it lies in memory.
    public static int marks(int trafficClass, int ttl) {
        return Integer.reverseBytes(entry(0, trafficClass, 0, ttl));
    }

    public static int label(int entry) {
        return entry >>> LABEL_SHIFT;
    }

    public static int trafficClass(int entry) {
        return entry >>> TRAFFIC_CLASS_SHIFT & 0x7;
    }

    public static boolean isBottomOfStack(int entry) {
        return (entry & BOTTOM_OF_STACK) != 0;
    }

    public static int ttl(int entry) {
        return entry & 0xff;
    }
}
