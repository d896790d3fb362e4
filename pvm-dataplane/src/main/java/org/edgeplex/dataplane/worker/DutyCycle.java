package org.edgeplex.dataplane.worker;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.edgeplex.dataplane.io.IdleMode;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.linux.Poller;
import org.edgeplex.dataplane.io.linux.TimerSlack;
import org.edgeplex.dataplane.io.linux.WakeUp;

/// Runs a [Worker] on the calling thread until it is stopped: polls as the ports' [IdleMode] wants,
/// and else sleeps until a port has a packet, somebody wakes it, or a timer may be due.
public final class DutyCycle {
    private final Worker worker;
    private final WakeUp wakeUp;
    private final PacketIo[] ports;
    private final Poller poller;
    private final Idling idling;
    private volatile boolean running = true;

    public DutyCycle(Arena arena, Worker worker, WakeUp wakeUp, PacketIo... ports) {
        this.worker = worker;
        this.wakeUp = wakeUp;
        this.ports = ports.clone();
        int[] heard =
                IntStream.concat(
                                IntStream.of(wakeUp.descriptor()),
                                IntStream.range(0, ports.length).map(i -> ports[i].descriptor()))
                        .filter(descriptor -> descriptor != PacketIo.NO_DESCRIPTOR)
                        .toArray();
        poller = new Poller(arena, heard);
        IdleMode busiest =
                Arrays.stream(ports)
                        .map(PacketIo::idleMode)
                        .max(Comparator.naturalOrder())
                        .orElse(IdleMode.INTERRUPT);
        idling = new Idling(busiest, heard.length == ports.length + 1, System.nanoTime());
    }

    /// Returns after [#stop].
    public void run() {
        if (idling.naps()) {
            TimerSlack.minimize();
        }
        while (running) {
            long sleepNanos = turn();
            if (sleepNanos == Idling.POLL) {
                Thread.onSpinWait();
            } else {
                sleep(sleepNanos);
            }
        }
    }

    /// How long to sleep after this turn, or [Idling#POLL].
    private long turn() {
        long nowNanos = System.nanoTime();
        return idling.sleepNanos(worker.doWork(nowNanos), nowNanos);
    }

    /// What came before the ports were armed wakes nobody: so they are asked again.
    private void sleep(long longestNanos) {
        long sleepNanos = arm() ? turn() : longestNanos;
        if (sleepNanos != Idling.POLL) {
            poller.await(sleepNanos);
            worker.woken();
        }
        for (PacketIo port : ports) {
            port.disarm();
        }
        if (poller.isReadable(0)) {
            wakeUp.clear();
        }
    }

    private boolean arm() {
        boolean mustAskAgain = false;
        for (PacketIo port : ports) {
            mustAskAgain |= port.arm();
        }
        return mustAskAgain;
    }

    /// From any thread.
    public void stop() {
        running = false;
        wakeUp.signal();
    }
}
