package org.edgeplex.cvm;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.edgeplex.cvm.kernel.CoreInterface;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Tables;
import org.edgeplex.state.cli.program.ProgramLine;
import org.edgeplex.state.cli.program.ProgramLine.Option;
import org.edgeplex.state.cli.program.ProgramLine.Values;
import org.edgeplex.state.client.Life;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.record.ProviderEdge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The CVM as a program. It runs until it is told to stop, fenced, or broken; then its successor
/// goes on from the store.
public final class CvmMain {
    /// A successor has taken over, or an invariant was broken: ended without a word to any peer.
    static final int EXIT_FENCED_OR_BROKEN = 70;

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(5);
    private static final long WAIT_MILLIS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(CvmMain.class);

    private static final ProgramLine LINE =
            new ProgramLine(
                    "cvm",
                    "Speaks BGP VPN and LDP to the core for a PE whose state is in a store.",
                    List.of(
                            Option.required(
                                    "store",
                                    "STORE",
                                    "where the state is, such as lmdb:/var/lib/edgeplex/pe1"),
                            Option.optional(
                                    "instance", "NAME", "cvm", "name of the lease to hold")));

    private final String storeName;
    private final String instance;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private CvmMain(Values values) {
        storeName = values.text("store");
        instance = values.text("instance");
    }

    public static void main(String[] args) {
        // A thread that dies leaves a speaker that is half alive: respawn is the recovery.
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> die(thread.getName(), error));
        System.exit(LINE.run(args, values -> new CvmMain(values).run()));
    }

    private static void die(String where, Throwable error) {
        LOG.error("{}: ending", where, error);
        // Not exit(): a fenced speaker must not say goodbye in its successor's name.
        Runtime.getRuntime().halt(EXIT_FENCED_OR_BROKEN);
    }

    private int run() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "shutdown"));
        try (StateStore store = Stores.open(storeName)) {
            State state = new State(store, STORE_TIMEOUT);
            String owner = "pid " + ProcessHandle.current().pid();
            try (Life life = Life.begin(state, instance, owner, error -> die("lease", error))) {
                LOG.info("life {} begins", life.incarnation());
                live(state, life);
            }
        } catch (RuntimeException e) {
            die("main", e);
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private void live(State state, Life life) throws IOException, InterruptedException {
        Cvm.End end = Cvm.End.RECONFIGURED;
        while (end == Cvm.End.RECONFIGURED) {
            Optional<ProviderEdge> self = awaitProviderEdge(state);
            Optional<CoreInterface> core =
                    self.isPresent()
                            ? awaitInterface(self.get().coreInterface())
                            : Optional.empty();
            if (core.isEmpty()) {
                return; // told to stop while waiting
            }
            try (Cvm cvm =
                    new Cvm(state, life.writer(), self.get(), core.get(), System::nanoTime)) {
                Thread.ofVirtual().start(() -> stopWhenRequested(cvm));
                end = cvm.run();
            }
        }
    }

    private Optional<ProviderEdge> awaitProviderEdge(State state) throws InterruptedException {
        do {
            Optional<ProviderEdge> self =
                    state.get(Tables.PROVIDER_EDGE, Tables.SELF).map(Stored::value);
            if (self.isPresent()) {
                return self;
            }
        } while (!stopRequested.await(WAIT_MILLIS, TimeUnit.MILLISECONDS));
        return Optional.empty();
    }

    private Optional<CoreInterface> awaitInterface(String name)
            throws IOException, InterruptedException {
        do {
            Optional<CoreInterface> core = CoreInterface.find(name);
            if (core.isPresent()) {
                return core;
            }
        } while (!stopRequested.await(WAIT_MILLIS, TimeUnit.MILLISECONDS));
        return Optional.empty();
    }

    private void stopWhenRequested(Cvm cvm) {
        try {
            stopRequested.await();
            cvm.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopAndWait() {
        stopRequested.countDown();
        try {
            if (!stopped.await(STORE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
