package org.edgeplex.dataplane;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.edgeplex.dataplane.feed.Feeder;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.forward.Forwarder;
import org.edgeplex.dataplane.io.dpdk.Eal;
import org.edgeplex.dataplane.io.dpdk.PortSpec;
import org.edgeplex.dataplane.io.linux.PacketSockets;
import org.edgeplex.dataplane.worker.UpdateQueue;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Tables;
import org.edgeplex.state.cli.program.ProgramLine;
import org.edgeplex.state.cli.program.ProgramLine.Option;
import org.edgeplex.state.cli.program.ProgramLine.Values;
import org.edgeplex.state.cli.program.UsageException;
import org.edgeplex.state.client.Life;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateFeed;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.ProviderEdge;
import org.edgeplex.telemetry.CountersFile;
import org.edgeplex.telemetry.CountersSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the data plane of one attachment and stays until it is stopped, fenced, or fails.
public final class DataplaneMain {
    private static final Logger LOG = LoggerFactory.getLogger(DataplaneMain.class);
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RECORDS_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEVICE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration RECORDS_INTERVAL = Duration.ofMillis(50);
    private static final int REHEARSAL_BURSTS = 200;
    private static final int CPU_MAX = 1023;
    private static final int MEGABYTES_MAX = 1 << 20;

    private static final ProgramLine LINE =
            new ProgramLine(
                    "pvm-dataplane",
                    "Forwards between a customer's VLAN and the MPLS core.",
                    List.of(
                            Option.required("store", "LOCATION", "where the state is: lmdb:DIR"),
                            Option.required("attachment", "NUMBER", "of the attachment"),
                            Option.required(
                                    "port",
                                    "PORT",
                                    "the trunk: " + PortSpec.HELP + "; " + PortSpec.IDLE_HELP),
                            Option.required(
                                    "tap-namespace",
                                    "NAME",
                                    "the port VM's network namespace, for the interface ce0"),
                            Option.optional(
                                    "cpu",
                                    "NUMBER",
                                    Integer.toString(Eal.ANY_CPU),
                                    "pin the worker to this CPU; -1: to none"),
                            Option.optional(
                                    "rehearsal",
                                    "BURSTS",
                                    Integer.toString(REHEARSAL_BURSTS),
                                    "of made-up packets before the first real one, at most"),
                            Option.optional(
                                    "memory",
                                    "MEGABYTES",
                                    Integer.toString(Eal.Options.DEFAULT.memoryMegabytes()),
                                    "for DPDK"),
                            Option.optional(
                                    "counters",
                                    "DIR",
                                    "",
                                    "where the counters file is made, in memory best; empty:"
                                            + " nowhere")));

    private final String store;
    private final int attachment;
    private final Dataplane.Options options;
    private final @Nullable Path countersDirectory;
    private final UpdateQueue updates = new UpdateQueue();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();

    private DataplaneMain(Values values) {
        store = values.text("store");
        attachment = values.number("attachment", 1, Integer.MAX_VALUE);
        String counters = values.text("counters");
        countersDirectory = counters.isEmpty() ? null : Path.of(counters);
        PortSpec port = port(values.text("port"));
        options =
                new Dataplane.Options(
                        port,
                        values.text("tap-namespace"),
                        values.number("rehearsal", 0, Integer.MAX_VALUE),
                        new Eal.Options(
                                values.number("memory", 1, MEGABYTES_MAX),
                                values.number("cpu", Eal.ANY_CPU, CPU_MAX),
                                List.of(port)));
    }

    public static void main(String[] arguments) {
        StartClock.reached("main");
        System.exit(LINE.run(arguments, values -> new DataplaneMain(values).run()));
    }

    private static PortSpec port(String text) {
        try {
            return PortSpec.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--port: " + e.getMessage(), e);
        }
    }

    private int run() throws InterruptedException, ExecutionException {
        StartClock.reached("options");
        Dataplane dataplane = new Dataplane(options, updates, this::fail);
        CountDownLatch stopped = stopOnSignal();
        dataplane.start(); // first of all: it takes the longest, and sleeps for a part of that
        try (StateStore engine = Stores.open(store)) {
            State state = new State(engine, STORE_TIMEOUT);
            String holder = "pvm-" + attachment + "/dataplane";
            String owner = "pid " + ProcessHandle.current().pid();
            // What others write is read beside the claim: who only reads needs no lease.
            FutureTask<Feeder.Beginning> reading = new FutureTask<>(() -> beginning(state));
            Thread.ofPlatform().daemon().name("beginning").start(reading);
            try (Life life = Life.begin(state, holder, owner, this::fail)) {
                Feeder.Beginning beginning = reading.get();
                StartClock.reached("records");
                return count(dataplane, beginning, life);
            }
        } finally {
            dataplane.stop();
            stopped.countDown();
        }
    }

    private int count(Dataplane dataplane, Feeder.Beginning beginning, Life life)
            throws InterruptedException, ExecutionException {
        Path directory = countersDirectory;
        if (directory == null) {
            return forward(dataplane, beginning, life, new Counters());
        }
        String name = beginning.attachment().name();
        long epoch = life.incarnation().epoch();
        try (CountersFile file =
                CountersFile.create(
                        CountersFile.of(directory, "pvm-" + attachment),
                        CountersSource.ofThisProcess(attachment, name, epoch),
                        Counters.layout(Forwarder.Sizes.DEFAULT.adjacenciesMax()))) {
            return forward(dataplane, beginning, life, new Counters(file.area()));
        }
    }

    /// Returns when the worker has ended: it writes to the counters until then.
    private int forward(
            Dataplane dataplane, Feeder.Beginning beginning, Life life, Counters counters)
            throws InterruptedException, ExecutionException {
        dataplane.forward(beginning.access(), counters);
        try (Feeder feeder =
                new Feeder(beginning, life.writer(), counters, updates, dataplane::wake)) {
            feeder.start(this::fail);
            return awaitEnd(dataplane, options.port().interfaceName());
        } finally {
            try {
                dataplane.countPorts();
            } finally {
                dataplane.stop();
            }
        }
    }

    /// A trunk that went away and came back is another interface, which DPDK would never hear.
    ///
    /// @param device of the kernel that the trunk is, or empty
    private int awaitEnd(Dataplane dataplane, String device)
            throws InterruptedException, ExecutionException {
        int index = device.isEmpty() ? 0 : PacketSockets.interfaceIndex(device);
        while (true) {
            try {
                return end.get(DEVICE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                dataplane.countPorts();
                if (!device.isEmpty() && PacketSockets.interfaceIndex(device) != index) {
                    fail(new IllegalStateException("interface " + device + " is gone"));
                }
            }
        }
    }

    /// The controller writes them before it starts us, but a store may lag.
    private Feeder.Beginning beginning(State state) {
        StateFeed feed = Feeder.feed(state);
        long deadlineNanos = System.nanoTime() + RECORDS_TIMEOUT.toNanos();
        while (!end.isDone()) {
            Optional<Stored<Integer, Attachment>> ours = state.get(Tables.ATTACHMENTS, attachment);
            Optional<Stored<String, ProviderEdge>> edge =
                    state.get(Tables.PROVIDER_EDGE, Tables.SELF);
            if (ours.isPresent() && edge.isPresent()) {
                return new Feeder.Beginning(
                        attachment, ours.get().value(), edge.get().value(), feed);
            }
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new IllegalStateException(
                        "the store has no "
                                + (edge.isPresent()
                                        ? "attachment " + attachment
                                        : "provider edge"));
            }
            LockSupport.parkNanos(RECORDS_INTERVAL.toNanos());
        }
        throw new IllegalStateException("ended before there was anything to forward");
    }

    /// On SIGTERM the main thread closes the ports; the JVM waits for that, and not for ever.
    private CountDownLatch stopOnSignal() {
        CountDownLatch stopped = new CountDownLatch(1);
        Runnable hook =
                () -> {
                    end.complete(0);
                    try {
                        if (!stopped.await(2, TimeUnit.SECONDS)) {
                            LOG.warn("the worker did not stop in time");
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(hook));
        return stopped;
    }

    /// Fenced, the store gone, or a bug: the process ends, and respawn is the recovery.
    private void fail(RuntimeException cause) {
        LOG.error("ending: {}", cause.getMessage(), cause);
        end.complete(1);
    }
}
