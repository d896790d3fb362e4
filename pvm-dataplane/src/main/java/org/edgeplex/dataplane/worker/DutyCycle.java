package org.edgeplex.dataplane.worker;

import java.lang.foreign.Arena;
import java.util.stream.IntStream;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.linux.Poller;
import org.edgeplex.dataplane.io.linux.WakeUp;

/// Runs a [Worker] on the calling thread until it is stopped: spins while packets come, and for a
/// moment after the last one; then sleeps until a port has a packet, somebody wakes it, or a timer
/// may be due.
public final class DutyCycle {
    /// Longer than the gap between packets of a busy flow, shorter than a scheduler's tick.
    private static final long SPIN_NANOS = 50_000;

    /// Timers are of seconds; a sleep of this length delays them by a tenth.
    private static final int SLEEP_MILLIS_MAX = 100;

    /// With a port that cannot wake us, this is the longest wait of a first packet.
    private static final int SLEEP_MILLIS_DEAF = 1;

    private final Worker worker;
    private final WakeUp wakeUp;
    private final Poller poller;
    private final int sleepMillis;
    private volatile boolean running = true;

    public DutyCycle(Arena arena, Worker worker, WakeUp wakeUp, PacketIo... ports) {
        this.worker = worker;
        this.wakeUp = wakeUp;
        int[] heard =
                IntStream.concat(
                                IntStream.of(wakeUp.descriptor()),
                                IntStream.range(0, ports.length).map(i -> ports[i].descriptor()))
                        .filter(descriptor -> descriptor != PacketIo.NO_DESCRIPTOR)
                        .toArray();
        poller = new Poller(arena, heard);
        sleepMillis = heard.length == ports.length + 1 ? SLEEP_MILLIS_MAX : SLEEP_MILLIS_DEAF;
    }

    /// Returns after [#stop].
    public void run() {
        long lastWorkNanos = System.nanoTime();
        while (running) {
            long nowNanos = System.nanoTime();
            if (worker.doWork(nowNanos) > 0) {
                lastWorkNanos = nowNanos;
            } else if (nowNanos - lastWorkNanos < SPIN_NANOS) {
                Thread.onSpinWait();
            } else {
                sleep();
            }
        }
    }

    private void sleep() {
        poller.await(sleepMillis);
        if (poller.isReadable(0)) {
            wakeUp.clear();
        }
    }

    /// From any thread.
    public void stop() {
        running = false;
        wakeUp.signal();
    }
}
