package org.edgeplex.dataplane.traffic;

import org.edgeplex.dataplane.packet.Memory;

/// What a generated packet carries as its UDP payload, in network order.
///
/// ```
/// 0        2        4                    12               18
/// | 0x4550 | run    | flow:20, number:44 | nanoseconds:48 |
/// ```
///
/// 18 bytes, so that it fits an untagged IPv4 frame of 64 bytes on the wire. The clock is that of
/// the machine ([System#nanoTime]); 48 bits of it last three days.
final class Stamp {
    static final int BYTES = 18;
    static final int FLOWS_MAX = 1 << 20;

    private static final int MAGIC = 0x4550;
    private static final int RUN = 2;
    private static final int FLOW_AND_NUMBER = 4;
    private static final int TIME = 12;
    private static final int NUMBER_HIGH_BITS = 12;
    private static final int NUMBER_HIGH_MASK = (1 << NUMBER_HIGH_BITS) - 1;
    private static final int TIME_UNUSED_BITS = 16;

    private Stamp() {}

    static void put(long stamp, int run, int flow, long number, long nanos) {
        Memory.putShortBig(stamp, MAGIC);
        Memory.putShortBig(stamp + RUN, run);
        int numberHigh = (int) (number >>> 32) & NUMBER_HIGH_MASK;
        Memory.putIntBig(stamp + FLOW_AND_NUMBER, flow << NUMBER_HIGH_BITS | numberHigh);
        Memory.putIntBig(stamp + FLOW_AND_NUMBER + 4, (int) number);
        Memory.putShortBig(stamp + TIME, (int) (nanos >>> 32));
        Memory.putIntBig(stamp + TIME + 2, (int) nanos);
    }

    static boolean isStamp(long address) {
        return Memory.getShortBig(address) == MAGIC;
    }

    static int run(long stamp) {
        return Memory.getShortBig(stamp + RUN);
    }

    static int flow(long stamp) {
        return Memory.getIntBig(stamp + FLOW_AND_NUMBER) >>> NUMBER_HIGH_BITS;
    }

    static long number(long stamp) {
        long high = Memory.getIntBig(stamp + FLOW_AND_NUMBER) & NUMBER_HIGH_MASK;
        return high << 32 | Memory.getIntBig(stamp + FLOW_AND_NUMBER + 4) & 0xffff_ffffL;
    }

    /// Nanoseconds since the packet was sent, 0 if the two clocks say that it came before.
    static long age(long stamp, long nowNanos) {
        long sent = (long) Memory.getShortBig(stamp + TIME) << 32;
        sent |= Memory.getIntBig(stamp + TIME + 2) & 0xffff_ffffL;
        return Math.max(0, (nowNanos - sent) << TIME_UNUSED_BITS >> TIME_UNUSED_BITS);
    }
}
