package org.edgeplex.dataplane.io.dpdk;

import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;

/// Proves at start-up that the library's structures are laid out as we believe.
///
/// A wrong offset would corrupt memory on the first packet; here it is an error message.
final class SelfCheck {
    private static final String VERSION = "DPDK 22.11";
    private static final int PACKETS = 63;
    private static final int NO_PORT = 0xffff;

    private SelfCheck() {}

    /// Before DPDK is started.
    ///
    /// @throws DpdkException if it is of another version
    static void version() {
        String version = Dpdk.version();
        if (!version.startsWith(VERSION)) {
            throw new DpdkException(
                    "found "
                            + version
                            + ", need "
                            + VERSION
                            + " (Debian 12: apt-get install"
                            + " librte-eal23)");
        }
    }

    /// @throws DpdkException naming the first difference
    static void run() {
        DpdkPool pool = DpdkPool.create("edgeplex-check", PACKETS, 0);
        try {
            expect("mempool.size", PACKETS, Memory.getInt(pool.address() + Layout.MEMPOOL_SIZE));
            expect("free packets", PACKETS, pool.available());
            long mbuf = pool.allocateRaw();
            expect("free packets after one", PACKETS - 1, pool.available());
            checkMbuf(mbuf, pool);
            pool.free(mbuf);
            expect("free packets in the end", PACKETS, pool.available());
        } finally {
            pool.close();
        }
    }

    private static void checkMbuf(long mbuf, DpdkPool pool) {
        long buffer = Memory.getLong(mbuf + Mbuf.BUFFER_ADDRESS) - mbuf;
        expect("mbuf.buf_addr", Mbuf.HEADER_BYTES, buffer);
        expect("mbuf.data_off", Mbuf.HEADROOM_BYTES, Memory.getShort(mbuf + Mbuf.DATA_OFFSET));
        expect("mbuf.refcnt", 1, Memory.getShort(mbuf + Mbuf.REFERENCE_COUNT));
        expect("mbuf.nb_segs", 1, Memory.getShort(mbuf + Mbuf.SEGMENT_COUNT));
        expect("mbuf.port", NO_PORT, Memory.getShort(mbuf + Mbuf.PORT));
        expect("mbuf.ol_flags", 0, Memory.getLong(mbuf + Mbuf.OFFLOAD_FLAGS));
        expect("mbuf.buf_len", Mbuf.BUFFER_BYTES, Memory.getShort(mbuf + Mbuf.BUFFER_LENGTH));
        expect("mbuf.pool", pool.address(), Memory.getLong(mbuf + Mbuf.POOL));
        expect("mbuf.next", 0, Memory.getLong(mbuf + Mbuf.NEXT));
    }

    private static void expect(String what, long expected, long found) {
        if (expected != found) {
            throw new DpdkException(
                    "the DPDK libraries are not laid out as 22.11 on x86-64 ("
                            + what
                            + " is "
                            + found
                            + ", expected "
                            + expected
                            + "): install Debian's librte-eal23 22.11");
        }
    }
}
