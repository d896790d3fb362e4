package org.edgeplex.dataplane.traffic;

import java.lang.foreign.Arena;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.edgeplex.dataplane.io.dpdk.DpdkPool;
import org.edgeplex.dataplane.io.dpdk.DpdkPort;
import org.edgeplex.dataplane.io.dpdk.Eal;
import org.edgeplex.dataplane.io.linux.HugeMemory;

/// One run: DPDK, the ports, the loop on a thread of its own, and progress told meanwhile.
final class TrafficSession {
    /// Two ports' rings, bursts under way; one less than a power of two.
    private static final int PACKETS = 4095;

    private static final int PACKETS_CACHED = 128;
    private static final long STOP_SECONDS_MAX = 10;
    private static final int RUNS = 1 << 16;

    private final TrafficLoop.Settings settings;
    private final List<PortPlace> ports;
    private final Eal.Options eal;
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private volatile Optional<TrafficLoop> running = Optional.empty();
    private volatile boolean stopped;

    TrafficSession(
            TrafficLoop.Settings settings, List<PortPlace> ports, int cpu, int memoryMegabytes) {
        this.settings = settings;
        this.ports = ports;
        eal = new Eal.Options(memoryMegabytes, cpu, ports.stream().map(PortPlace::spec).toList());
    }

    /// Returns when the printer has told all.
    ///
    /// @throws RuntimeException what ended the loop
    void run(TrafficPrinter printer) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().name("stop").unstarted(() -> stop(told));
        Runtime.getRuntime().addShutdownHook(hook);
        // DPDK pins the thread that starts it, and what main starts later would inherit that.
        Thread.ofPlatform().name("traffic").start(() -> loop(printer));
        try {
            while (!isOver()) {
                running.ifPresent(loop -> printer.progress(loop.progress()));
            }
        } finally {
            told.countDown();
        }
    }

    private boolean isOver() throws InterruptedException {
        try {
            return end.get(settings.progressNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /// On Ctrl-C: the JVM waits until the figures so far are told, and not for ever.
    private void stop(CountDownLatch told) {
        stopped = true;
        running.ifPresent(TrafficLoop::stop);
        try {
            boolean ignored = told.await(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop(TrafficPrinter printer) {
        try (Arena arena = Arena.ofShared()) {
            Eal.start(eal);
            DpdkPool pool = DpdkPool.create("traffic", PACKETS, PACKETS_CACHED);
            try (DpdkPort sending = ports.getFirst().open(pool)) {
                if (ports.size() == 1) {
                    loop(arena, pool, sending, sending, printer);
                } else {
                    try (DpdkPort receiving = ports.getLast().open(pool)) {
                        loop(arena, pool, sending, receiving, printer);
                    }
                }
            }
            end.complete(true);
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    private void loop(
            Arena arena,
            DpdkPool pool,
            DpdkPort sending,
            DpdkPort receiving,
            TrafficPrinter printer) {
        TrafficLoop loop =
                new TrafficLoop(
                        settings,
                        System::nanoTime,
                        new HugeMemory(arena),
                        pool,
                        sending,
                        receiving,
                        new SecureRandom().nextInt(RUNS));
        running = Optional.of(loop);
        if (stopped) {
            loop.stop();
        }
        loop.run();
        running = Optional.empty();
        printer.result(loop);
    }
}
