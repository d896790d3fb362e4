package org.edgeplex.cvm.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.NetworkInterface;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.junit.jupiter.api.Test;

/// Against the kernel that the tests run on; nothing in it is changed.
class KernelWatchTest {
    @Test
    void readsTheTablesOfThisMachine() throws IOException {
        int loopback = NetworkInterface.getByName("lo").getIndex();
        KernelTables tables = KernelWatch.read(loopback);
        assertEquals(
                Optional.empty(), tables.mac(Ipv4Address.parse("127.0.0.1")), "lo has no MACs");
        assertEquals(Optional.empty(), tables.nextHop(Ipv4Prefix.parse("203.0.113.77/32")));
    }

    @Test
    void reportsTheTablesWhenItStarts() throws Exception {
        BlockingQueue<KernelTables> reports = new LinkedBlockingQueue<>();
        int loopback = NetworkInterface.getByName("lo").getIndex();
        try (KernelWatch _ = KernelWatch.start(loopback, reports::add)) {
            assertTrue(reports.poll(10, TimeUnit.SECONDS) != null, "no report");
        }
    }
}
