package org.edgeplex.pvm;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.edgeplex.pvm.core.ControlEvent;
import org.edgeplex.pvm.link.LinkKeeper;
import org.edgeplex.pvm.link.LinuxKernel;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.cli.program.ProgramLine;
import org.edgeplex.state.cli.program.ProgramLine.Option;
import org.edgeplex.state.cli.program.ProgramLine.Values;
import org.edgeplex.state.client.FencedException;
import org.edgeplex.state.client.Life;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program. Runs in the PVM's network namespace, as root there. Its exit status is an
/// [ExitStatus].
public final class PvmControlMain {
    private static final Logger LOG = LoggerFactory.getLogger(PvmControlMain.class);

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration STOP_TIME_MAX = Duration.ofSeconds(4);

    private static final ProgramLine LINE =
            new ProgramLine(
                    "pvm-control",
                    "The control plane of one attachment: its BGP session or static routes.",
                    List.of(
                            Option.required(
                                    "store",
                                    "LOCATION",
                                    "the store, such as lmdb:/var/lib/edgeplex/state"),
                            Option.required("attachment", "NUMBER", "the attachment's number"),
                            Option.optional(
                                    "interface", "NAME", "ce0", "the access link's interface"),
                            Option.optional(
                                    "counters",
                                    "DIR",
                                    "",
                                    "where the data plane's counters file is, and where to serve it"
                                            + " for Prometheus on the Unix socket"
                                            + " pvm-NUMBER.metrics; empty: nowhere")));

    private final String location;
    private final int attachmentNumber;
    private final String interfaceName;
    private final @Nullable Path counters;
    private final CountDownLatch ended = new CountDownLatch(1);

    private PvmControlMain(Values values) {
        location = values.text("store");
        attachmentNumber = values.number("attachment", 1, Integer.MAX_VALUE);
        interfaceName = values.text("interface");
        String directory = values.text("counters");
        counters = directory.isEmpty() ? null : Path.of(directory);
    }

    public static void main(String[] arguments) {
        // A thread that dies leaves a control plane that is half alive: respawn is the recovery.
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            LOG.error("{}: ending", thread.getName(), error);
            Runtime.getRuntime().halt(ExitStatus.FAILED.code());
        });
        System.exit(LINE.run(arguments, values -> new PvmControlMain(values).run()));
    }

    private int run() {
        try (StateStore store = Stores.open(location)) {
            return run(new State(store, STORE_TIMEOUT)).code();
        } catch (RuntimeException e) {
            return statusOf(e).code();
        } finally {
            ended.countDown();
        }
    }

    private ExitStatus run(State state) {
        CompletableFuture<ExitStatus> end = new CompletableFuture<>();
        EventQueue events = new EventQueue();
        String holder = PvmControl.holder(attachmentNumber);
        String owner = "pid " + ProcessHandle.current().pid();
        try (Life life = Life.begin(state, holder, owner, e -> end.complete(statusOf(e)));
                LinkKeeper link =
                        new LinkKeeper(
                                interfaceName,
                                new LinuxKernel(),
                                spec -> events.put(new ControlEvent.LinkReady(spec.gateway())))) {
            LOG.info("{} begins", life.incarnation());
            PvmControl control =
                    new PvmControl(
                            attachmentNumber,
                            state,
                            life.writer(),
                            new SpeakerSessions(),
                            link,
                            InstantSource.system(),
                            events);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(control), "stop"));
            link.start();
            Thread.ofVirtual().name("metrics").start(() -> serveMetrics(end));
            Thread.ofVirtual().name("control").start(() -> control(control, end));
            return end.join();
        }
    }

    /// Until the end. Without metrics the customer is served as well: so a failure is told and no
    /// more.
    private void serveMetrics(CompletableFuture<ExitStatus> end) {
        Path directory = counters;
        if (directory == null) {
            return;
        }
        try (MetricsServer server = MetricsServer.start(directory, "pvm-" + attachmentNumber)) {
            LOG.info("metrics at {}", server.socket());
            end.join();
        } catch (RuntimeException e) {
            LOG.warn("no metrics", e);
        }
    }

    /// The loop's end is the program's; so is a life that ends by itself.
    private static void control(PvmControl control, CompletableFuture<ExitStatus> end) {
        try {
            control.run();
            end.complete(ExitStatus.STOPPED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end.complete(ExitStatus.FAILED);
        } catch (RuntimeException | Error e) {
            // After the end the store is closed under this loop: that is no news.
            if (!end.isDone()) {
                end.complete(statusOf(e));
            }
        }
    }

    private static ExitStatus statusOf(Throwable cause) {
        return switch (cause) {
            case FencedException e -> {
                LOG.warn("ends: {}", e.getMessage());
                yield ExitStatus.FENCED;
            }
            case StoreException e -> {
                LOG.error("the store failed", e);
                yield ExitStatus.STORE_FAILED;
            }
            default -> {
                LOG.error("unexpected", cause);
                yield ExitStatus.FAILED;
            }
        };
    }

    /// SIGTERM: the session gets its Cease before the machine goes.
    private void stop(PvmControl control) {
        control.stop();
        try {
            if (!ended.await(STOP_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("did not stop within {}", STOP_TIME_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
