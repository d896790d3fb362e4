package org.edgeplex.dataplane.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.dataplane.io.linux.CpuAffinity;
import org.edgeplex.dataplane.worker.UpdateQueue;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;

/// A feeder beside the packet path: makes as many route changes as it is allowed, on a thread of
/// its own, and offers them in batches.
///
/// Half of them lead hosts in use to another adjacency; the others add and remove hosts and
/// prefixes to which nothing is sent, so that no packet is lost by it.
final class RouteChanges implements AutoCloseable {
    private static final int BATCH_MAX = 64;
    private static final long PAUSE_NANOS = 20_000;
    private static final int OTHERS = 1 << 14;
    private static final int OTHER_NET = Ipv4Address.parse("172.16.0.0").bits();

    private final UpdateQueue queue;
    private final int[] hosts;
    private final int adjacencies;
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<ForwardingUpdate> batch = new ArrayList<>(BATCH_MAX);
    private final Thread thread;
    private volatile long allowed;
    private volatile boolean running = true;
    private long offered;

    RouteChanges(UpdateQueue queue, int[] hosts, int adjacencies) {
        this.queue = queue;
        this.hosts = hosts;
        this.adjacencies = adjacencies;
        thread = Thread.ofPlatform().name("changes").daemon().start(this::run);
    }

    /// So many in all.
    void allow(long count) {
        allowed = count;
    }

    private void run() {
        CpuAffinity.unpin(); // it was started by a thread that is pinned
        while (running) {
            while (offered < allowed && batch.size() < BATCH_MAX) {
                batch.add(change(offered++));
            }
            int taken = queue.offer(batch, 0);
            batch.subList(0, taken).clear();
            if (batch.size() == BATCH_MAX || offered >= allowed) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private ForwardingUpdate change(long number) {
        int adjacency = random.nextInt(adjacencies);
        int other = (int) (number >>> 2) & OTHERS - 1;
        boolean isRemoval = (number >>> 2 & OTHERS) != 0;
        Ipv4Prefix prefix =
                switch ((int) number & 3) {
                    case 0, 1 -> host(hosts[random.nextInt(hosts.length)]);
                    case 2 -> host(OTHER_NET | other << 6);
                    default -> new Ipv4Prefix(new Ipv4Address(OTHER_NET | other << 6), 26);
                };
        return (number & 2) != 0 && isRemoval
                ? new ForwardingUpdate.RemoveRoute(prefix)
                : new ForwardingUpdate.PutRoute(prefix, adjacency);
    }

    private static Ipv4Prefix host(int address) {
        return new Ipv4Prefix(new Ipv4Address(address), Ipv4Prefix.LENGTH_MAX);
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
