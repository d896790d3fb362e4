package org.edgeplex.cvm.kernel;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.edgeplex.net.Ipv4Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the kernel resolve a neighbour: it does so for whatever is sent, here an empty datagram to
/// the discard port (RFC 863).
public final class NeighborSolicitor implements AutoCloseable {
    private static final int DISCARD_PORT = 9;
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(NeighborSolicitor.class);

    private final DatagramSocket socket;
    private final Map<Ipv4Address, Long> lastNanos = new HashMap<>();

    public NeighborSolicitor() throws IOException {
        socket = new DatagramSocket();
    }

    /// At most once a second for each neighbour.
    public void solicit(Ipv4Address neighbor, long nowNanos) {
        Long last = lastNanos.get(neighbor);
        if (last != null && nowNanos - last < INTERVAL_NANOS) {
            return;
        }
        lastNanos.put(neighbor, nowNanos);
        try {
            InetAddress to = InetAddress.getByAddress(neighbor.toBytes());
            socket.send(new DatagramPacket(new byte[0], 0, to, DISCARD_PORT));
        } catch (IOException e) {
            LOG.debug("cannot solicit {}: {}", neighbor, e.getMessage());
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
