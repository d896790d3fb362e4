package org.edgeplex.dataplane.worker;

import java.lang.foreign.Arena;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.packet.PacketVector;

/// One turn of the data plane: updates, a burst from the wire, a burst from the kernel, timers.
public final class Worker {
    /// Updates between two bursts: at some 100 ns each they delay packets by a few microseconds,
    /// and so many are enough to fetch their cache lines together.
    static final int UPDATES_PER_CYCLE = 16;

    /// A read of the TAP is a system call; while the wire is busy it is tried this seldom.
    private static final int TAP_INTERVAL_CYCLES = 16;

    /// Nor is it tried in each turn of a worker that polls an idle wire, which the call would make
    /// several times as long. What the kernel sends is not so urgent.
    static final long TAP_INTERVAL_NANOS = 10_000;

    private final PacketIo port;
    private final PacketIo tap;
    private final Forwarder forwarder;
    private final UpdateQueue updates;
    private final ForwardingUpdate[] batch = new ForwardingUpdate[UPDATES_PER_CYCLE];
    private final PacketVector burst;
    private int cycles;
    private boolean tapMayHaveMore = true;
    private long tapEmptyNanos;

    public Worker(
            Arena arena, PacketIo port, PacketIo tap, Forwarder forwarder, UpdateQueue updates) {
        this.port = port;
        this.tap = tap;
        this.forwarder = forwarder;
        this.updates = updates;
        burst = new PacketVector(arena, PacketIo.BURST_MAX);
    }

    /// Returns the amount of work done, 0 when idle. Tests call this directly, without a thread.
    public int doWork(long nowNanos) {
        int workCount = applyUpdates(nowNanos);
        int received = port.receive(burst);
        if (received > 0) {
            forwarder.fromPort(burst, nowNanos);
            workCount += received;
        }
        if (isTimeForTap(nowNanos) && (received == 0 || ++cycles % TAP_INTERVAL_CYCLES == 0)) {
            workCount += receiveFromTap(nowNanos);
        }
        forwarder.tick(nowNanos);
        forwarder.flush(port, tap);
        return workCount;
    }

    /// After a sleep: it may be the TAP that ended it.
    void woken() {
        tapMayHaveMore = true;
    }

    private boolean isTimeForTap(long nowNanos) {
        return tapMayHaveMore || nowNanos - tapEmptyNanos >= TAP_INTERVAL_NANOS;
    }

    private int receiveFromTap(long nowNanos) {
        int received = tap.receive(burst);
        tapMayHaveMore = received > 0;
        tapEmptyNanos = nowNanos;
        forwarder.fromTap(burst, nowNanos);
        return received;
    }

    private int applyUpdates(long nowNanos) {
        int count = updates.poll(batch);
        if (count > 0) {
            forwarder.apply(batch, count, nowNanos);
        }
        return count;
    }
}
