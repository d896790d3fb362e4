package org.edgeplex.dataplane;

import java.lang.foreign.Arena;
import java.util.function.Consumer;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.dpdk.DpdkPool;
import org.edgeplex.dataplane.io.dpdk.DpdkPort;
import org.edgeplex.dataplane.io.dpdk.Eal;
import org.edgeplex.dataplane.io.linux.HugeMemory;
import org.edgeplex.dataplane.io.linux.Prefetch;
import org.edgeplex.dataplane.io.linux.TapDevice;
import org.edgeplex.dataplane.io.linux.WakeUp;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.worker.DutyCycle;
import org.edgeplex.dataplane.worker.UpdateQueue;
import org.edgeplex.dataplane.worker.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The worker's thread from its first line to its last: DPDK, ports, tables, duty cycle.
final class Dataplane {
    private static final Logger LOG = LoggerFactory.getLogger(Dataplane.class);

    /// The port's receive ring, bursts under way, held packets; one less than a power of two.
    private static final int PACKETS = 4095;

    private static final int PACKETS_CACHED = 128;
    private static final String TAP_NAME = "ce0";

    private final Options options;
    private final Access access;
    private final Counters counters;
    private final UpdateQueue updates;
    private final WakeUp wakeUp = new WakeUp();
    private final Thread thread = Thread.ofPlatform().name("dataplane").unstarted(this::run);
    private final Consumer<RuntimeException> onFailure;
    private volatile Runnable stop = () -> {};
    private volatile boolean stopped;

    /// Where the packets come from.
    ///
    /// @param device an interface of this namespace for the af_packet driver; not used if
    ///   `virtualDevice` is not empty
    /// @param virtualDevice a virtual device of DPDK, as its `--vdev` option has it
    record Options(String device, String virtualDevice, String tapNamespace, Eal.Options eal) {}

    Dataplane(
            Options options,
            Access access,
            Counters counters,
            UpdateQueue updates,
            Consumer<RuntimeException> onFailure) {
        this.options = options;
        this.access = access;
        this.counters = counters;
        this.updates = updates;
        this.onFailure = onFailure;
    }

    void start() {
        thread.start();
    }

    /// Tells the worker that updates wait.
    void wake() {
        wakeUp.signal();
    }

    /// Lets the worker finish its cycle and close its ports; returns when it has.
    void stop() {
        stopped = true;
        stop.run();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Arena arena = Arena.ofShared()) {
            Eal.start(options.eal);
            DpdkPool pool = DpdkPool.create("edgeplex", PACKETS, PACKETS_CACHED);
            TapDevice.Options tapOptions =
                    new TapDevice.Options(
                            options.tapNamespace, TAP_NAME, access.gatewayMac(), access.mtuBytes());
            try (DpdkPort port = openPort(pool);
                    TapDevice tap = TapDevice.open(tapOptions, pool)) {
                forward(arena, pool, port, tap);
            }
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }

    private DpdkPort openPort(DpdkPool pool) {
        return options.virtualDevice.isEmpty()
                ? DpdkPort.openInterface(options.device, pool)
                : DpdkPort.openDevice(options.virtualDevice, pool);
    }

    private void forward(Arena arena, DpdkPool pool, PacketIo port, PacketIo tap) {
        Forwarder forwarder =
                new Forwarder(
                        new HugeMemory(arena), pool, access, Forwarder.Sizes.DEFAULT, counters);
        Worker worker = new Worker(arena, port, tap, forwarder, updates);
        DutyCycle cycle = new DutyCycle(arena, worker, wakeUp, port, tap);
        stop = cycle::stop;
        if (!stopped) {
            LOG.info(
                    "forwarding: VLAN {}, MTU {}, memory access {}, cache lines by {}",
                    access.vlan(),
                    access.mtuBytes(),
                    Memory.mode(),
                    Prefetch.mode());
            cycle.run();
        }
    }
}
