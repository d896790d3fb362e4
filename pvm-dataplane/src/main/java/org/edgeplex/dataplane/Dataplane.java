package org.edgeplex.dataplane;

import java.lang.foreign.Arena;
import java.util.BitSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.dpdk.DpdkPool;
import org.edgeplex.dataplane.io.dpdk.DpdkPort;
import org.edgeplex.dataplane.io.dpdk.Eal;
import org.edgeplex.dataplane.io.dpdk.PortSpec;
import org.edgeplex.dataplane.io.linux.CpuAffinity;
import org.edgeplex.dataplane.io.linux.HugeMemory;
import org.edgeplex.dataplane.io.linux.KernelThread;
import org.edgeplex.dataplane.io.linux.Prefetch;
import org.edgeplex.dataplane.io.linux.TapDevice;
import org.edgeplex.dataplane.io.linux.WakeUp;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.worker.DutyCycle;
import org.edgeplex.dataplane.worker.UpdateQueue;
import org.edgeplex.dataplane.worker.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The worker's thread from its first line to its last: DPDK, ports, duty cycle. The tables are
/// made beside it, while DPDK starts.
final class Dataplane {
    private static final Logger LOG = LoggerFactory.getLogger(Dataplane.class);

    /// The port's receive ring, bursts under way, held packets; one less than a power of two.
    private static final int PACKETS = 4095;

    private static final int PACKETS_CACHED = 128;
    private static final String TAP_NAME = "ce0";

    /// What DPDK does before it sleeps takes some 35 ms of a CPU: looked for up to 60.
    private static final long SLEEP_POLL_NANOS = 4_000_000;

    private static final int SLEEP_POLLS_MAX = 15;

    private final Options options;
    private final CompletableFuture<Assignment> assignment = new CompletableFuture<>();

    /// The worker's thread, when nothing is left for it to do but to start DPDK.
    private final CompletableFuture<KernelThread> starter = new CompletableFuture<>();

    private final LatePool packets = new LatePool();
    private final UpdateQueue updates;
    private final Thread thread = Thread.ofPlatform().name("dataplane").unstarted(this::run);
    private final Consumer<RuntimeException> onFailure;
    private volatile Runnable stop = () -> {};
    private volatile Runnable wake = () -> {};
    private volatile Runnable countPorts = () -> {};
    private volatile boolean stopped;
    private volatile boolean isReady;

    /// Where the packets come from.
    ///
    /// @param port the trunk
    /// @param tapNamespace of the port VM
    /// @param rehearsalBursts of made-up packets before the first real one, if there is time
    record Options(PortSpec port, String tapNamespace, int rehearsalBursts, Eal.Options eal) {}

    /// Whose packets are forwarded, and where that is counted.
    ///
    /// @param memory of the forwarder's tables; the worker closes it
    private record Assignment(
            Access access, Counters counters, Arena memory, Forwarder forwarder) {}

    Dataplane(Options options, UpdateQueue updates, Consumer<RuntimeException> onFailure) {
        this.options = options;
        this.updates = updates;
        this.onFailure = onFailure;
    }

    /// DPDK and the port are made ready meanwhile; nothing leaves before [#forward].
    ///
    /// Returns when DPDK begins to start; with one CPU not before DPDK sleeps, which it does for a
    /// tenth of a second to measure the CPU's clock. What others do sooner than that only puts the
    /// sleep off. Any sleep is taken for that one, and is not waited for long.
    void start() {
        thread.start();
        KernelThread worker = starter.join();
        if (Runtime.getRuntime().availableProcessors() == 1) {
            awaitSleep(worker);
        }
        rehearse();
    }

    private static void awaitSleep(KernelThread worker) {
        for (int i = 0; i < SLEEP_POLLS_MAX && !worker.isAsleep(); i++) {
            LockSupport.parkNanos(SLEEP_POLL_NANOS);
        }
    }

    /// With one CPU it would hold up what it prepares, by more than the first packets gain.
    private void rehearse() {
        if (options.rehearsalBursts > 0 && Runtime.getRuntime().availableProcessors() > 1) {
            Thread.ofPlatform()
                    .name("rehearsal")
                    .daemon()
                    .start(() -> Rehearsal.run(options.rehearsalBursts, () -> isReady));
        }
    }

    /// Whose packets shall be forwarded, and where that is counted until [#stop]. Makes the tables,
    /// which takes some 15 ms.
    void forward(Access ours, Counters counters) {
        BitSet cpus = CpuAffinity.current();
        int workers = options.eal.cpu();
        if (workers != Eal.ANY_CPU && cpus.get(workers)) {
            CpuAffinity.pin(workers); // memory is of the node whose CPU touches it first
        }
        try {
            makeTables(ours, counters);
        } finally {
            CpuAffinity.set(cpus);
        }
    }

    private void makeTables(Access ours, Counters counters) {
        Arena memory = Arena.ofShared();
        boolean isTaken = false;
        try {
            HugeMemory tables = new HugeMemory(memory);
            Forwarder forwarder =
                    new Forwarder(tables, packets, ours, Forwarder.Sizes.DEFAULT, counters);
            StartClock.reached("tables");
            isTaken = assignment.complete(new Assignment(ours, counters, memory, forwarder));
        } finally {
            if (!isTaken) {
                memory.close();
            }
        }
    }

    /// Tells the worker that updates wait; it looks for them before it sleeps for the first time.
    void wake() {
        wake.run();
    }

    /// Copies what the ports have counted to where others read it. Not for the worker's thread.
    void countPorts() {
        countPorts.run();
    }

    private static void countPorts(DpdkPort trunk, Counters counters) {
        PortCounters ports = new PortCounters(counters);
        trunk.statistics().ifPresent(ports::setTrunk);
        ports.setTap();
    }

    /// Lets the worker finish its cycle and close its ports; returns when it has.
    void stop() {
        stopped = true;
        assignment.cancel(false);
        stop.run();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Eal.prepare();
            StartClock.reached("loaded");
            starter.complete(KernelThread.current());
            Eal.start(options.eal);
            StartClock.reached("dpdk");
            DpdkPool pool = DpdkPool.create("edgeplex", PACKETS, PACKETS_CACHED);
            packets.become(pool);
            try (OpeningPort port = new OpeningPort(options.port, pool)) {
                openTap(pool, port, assignment.join());
            }
        } catch (CancellationException _) {
            LOG.debug("stopped before there was anything to forward");
        } catch (RuntimeException e) {
            onFailure.accept(e);
        } catch (Error e) {
            onFailure.accept(new IllegalStateException("the worker failed: " + e, e));
            throw e;
        } finally {
            starter.complete(KernelThread.current());
            closeTables();
        }
    }

    /// Those that were made, whether there was time to use them or not.
    private void closeTables() {
        if (!assignment.cancel(false)) {
            assignment.resultNow().memory.close();
        }
    }

    private void openTap(DpdkPool pool, OpeningPort port, Assignment assigned) {
        Access ours = assigned.access;
        TapDevice.Options tapOptions =
                new TapDevice.Options(
                        options.tapNamespace, TAP_NAME, ours.gatewayMac(), ours.mtuBytes());
        try (TapDevice tap = TapDevice.open(tapOptions, pool)) {
            StartClock.reached("tap");
            forward(port, tap, assigned);
        }
    }

    private void forward(OpeningPort opening, PacketIo tap, Assignment assigned) {
        Arena memory = assigned.memory;
        DpdkPort port = opening.await();
        countPorts = () -> countPorts(port, assigned.counters);
        WakeUp wakeUp = new WakeUp();
        wake = wakeUp::signal;
        Worker worker = new Worker(memory, port, tap, assigned.forwarder, updates);
        DutyCycle cycle = new DutyCycle(memory, worker, wakeUp, port, tap);
        stop = cycle::stop;
        if (!stopped) {
            isReady = true;
            String summary = StartClock.summary();
            // To log takes longer than to forward the first packets.
            Thread.ofPlatform().name("log").daemon().start(() -> log(assigned.access, summary));
            cycle.run();
        }
    }

    private static void log(Access ours, String summary) {
        LOG.info(
                "{}; forwarding: VLAN {}, MTU {}, memory access {}, cache lines by {}",
                summary,
                ours.vlan(),
                ours.mtuBytes(),
                Memory.mode(),
                Prefetch.mode());
    }
}
