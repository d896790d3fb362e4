package org.edgeplex.dataplane;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.edgeplex.dataplane.feed.Feeder;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.io.dpdk.Eal;
import org.edgeplex.dataplane.io.linux.PacketSockets;
import org.edgeplex.dataplane.worker.UpdateQueue;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Life;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.ProviderEdge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts the data plane of one attachment and stays until it is stopped, fenced, or fails.
@Command(
        name = "pvm-dataplane",
        mixinStandardHelpOptions = true,
        description = "Forwards between a customer's VLAN and the MPLS core.")
public final class DataplaneMain implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DataplaneMain.class);
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RECORDS_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEVICE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration RECORDS_INTERVAL = Duration.ofMillis(50);

    @Option(names = "--store", required = true, description = "where the state is: lmdb:DIR")
    private String store = "";

    @Option(names = "--attachment", required = true, description = "number of the attachment")
    private int attachment;

    @Option(names = "--device", required = true, description = "the trunk: an interface's name")
    private String device = "";

    @Option(
            names = "--vdev",
            description = "a virtual device of DPDK instead of --device by af_packet",
            defaultValue = "")
    private String virtualDevice = "";

    @Option(
            names = "--tap-namespace",
            required = true,
            description = "the port VM's network namespace, for the interface ce0")
    private String tapNamespace = "";

    @Option(names = "--cpu", description = "pin the worker to this CPU", defaultValue = "-1")
    private int cpu = Eal.ANY_CPU;

    @Option(
            names = "--memory",
            description = "megabytes for DPDK (default: ${DEFAULT-VALUE})",
            defaultValue = "32")
    private int memoryMegabytes = Eal.Options.DEFAULT.memoryMegabytes();

    private final CompletableFuture<Integer> end = new CompletableFuture<>();

    private DataplaneMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DataplaneMain()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        try (StateStore engine = Stores.open(store)) {
            State state = new State(engine, STORE_TIMEOUT);
            String holder = "pvm-" + attachment + "/dataplane";
            String owner = "pid " + ProcessHandle.current().pid();
            try (Life life = Life.begin(state, holder, owner, this::fail)) {
                return forward(state, life);
            }
        }
    }

    private int forward(State state, Life life) throws Exception {
        Feeder.Beginning beginning = awaitRecords(state);
        Counters counters = new Counters();
        UpdateQueue updates = new UpdateQueue();
        Dataplane.Options options =
                new Dataplane.Options(
                        device, virtualDevice, tapNamespace, new Eal.Options(memoryMegabytes, cpu));
        Dataplane dataplane =
                new Dataplane(options, beginning.access(), counters, updates, this::fail);
        try (Feeder feeder =
                new Feeder(beginning, state, life.writer(), counters, updates, dataplane::wake)) {
            CountDownLatch stopped = stopOnSignal();
            dataplane.start();
            feeder.start(this::fail);
            int status = awaitEnd();
            dataplane.stop();
            stopped.countDown();
            return status;
        }
    }

    /// A trunk that went away and came back is another interface, which DPDK would never hear.
    private int awaitEnd() throws InterruptedException, ExecutionException {
        int index = PacketSockets.interfaceIndex(device);
        while (true) {
            try {
                return end.get(DEVICE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                if (PacketSockets.interfaceIndex(device) != index) {
                    fail(new IllegalStateException("interface " + device + " is gone"));
                }
            }
        }
    }

    /// The controller writes them before it starts us, but a store may lag.
    private Feeder.Beginning awaitRecords(State state) {
        long deadlineNanos = System.nanoTime() + RECORDS_TIMEOUT.toNanos();
        while (true) {
            Optional<Stored<Integer, Attachment>> ours = state.get(Tables.ATTACHMENTS, attachment);
            Optional<Stored<String, ProviderEdge>> edge =
                    state.get(Tables.PROVIDER_EDGE, Tables.SELF);
            if (ours.isPresent() && edge.isPresent()) {
                return new Feeder.Beginning(attachment, ours.get().value(), edge.get().value());
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
