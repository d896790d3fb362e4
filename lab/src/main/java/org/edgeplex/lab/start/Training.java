package org.edgeplex.lab.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.edgeplex.controller.compute.ProgramRole;
import org.edgeplex.controller.compute.netns.JvmCommand;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.node.LabStore;
import org.edgeplex.lab.trial.DataplaneTrial;
import org.edgeplex.lab.trial.FarEnd;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.client.Stores;

/// Runs each program once while the JVM records for later runs.
final class Training {
    private static final long FIRST_NANOS_MAX = 60_000_000_000L;
    private static final long WORK_NANOS = 3_000_000_000L;
    private static final long BURST_NANOS = 200_000;
    private static final long LOOK_NANOS = 50_000_000;
    private static final int BURST_PACKETS = 16;

    /// The JVM writes the cache at the end of a program's life, which takes seconds.
    private static final int END_SECONDS_MAX = 120;

    private final DataplaneTrial trial;
    private final JvmCommand jvm = JvmCommand.own();

    Training(DataplaneTrial trial) {
        this.trial = trial;
    }

    /// On a thread inside the trial's namespace.
    void run() throws IOException, InterruptedException {
        Path folder = jvm.cache(ProgramRole.DATAPLANE).getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path socket = trial.file("redis.sock");
        String redis = "redis:unix:" + socket;
        Process server = trial.startBeside(LabStore.redis(socket));
        try {
            if (!Poll.until(Deadlines.DAEMON, () -> answers(redis))) {
                throw new CommandFailedException("redis-server does not answer: " + trial.log());
            }
            record(List.of(redis));
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static boolean answers(String location) {
        try (StateStore _ = Stores.open(location)) {
            return true;
        } catch (StoreException _) {
            return false;
        }
    }

    /// @param stores whose use is rehearsed
    private void record(List<String> stores) throws IOException, InterruptedException {
        // First of all: it makes the port VM's interface, for which its control program waits.
        try (FarEnd far = new FarEnd()) {
            record(ProgramRole.DATAPLANE, stores, process -> forward(far, process));
        }
        record(ProgramRole.CONTROL, stores, work("metrics at"));
        record(ProgramRole.CVM, stores, work("begins"));
    }

    /// What a program is made to do.
    @FunctionalInterface
    private interface Exercise {
        void with(Process process) throws IOException;
    }

    private void record(ProgramRole role, List<String> stores, Exercise exercise)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(trial.arguments(role));
        if (role != ProgramRole.CVM) {
            arguments.add("--counters=" + trial.file(""));
        }
        Process process = trial.start(role, jvm.training(role, stores, arguments));
        try {
            exercise.with(process);
            process.destroy();
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)
                    || !Files.exists(jvm.cache(role))) {
                throw new CommandFailedException("no cache of " + role + ": " + trial.log());
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /// Until a packet has come out, and some seconds more.
    private void forward(FarEnd far, Process process) throws IOException {
        long startNanos = System.nanoTime();
        long endNanos = startNanos + FIRST_NANOS_MAX;
        boolean isForwarding = false;
        while (System.nanoTime() - endNanos < 0) {
            far.send(BURST_PACKETS);
            if (far.receiveForwarded() > 0 && !isForwarding) {
                isForwarding = true;
                endNanos = System.nanoTime() + WORK_NANOS;
            }
            if (!process.isAlive()) {
                break;
            }
            LockSupport.parkNanos(BURST_NANOS);
        }
        if (!isForwarding) {
            throw new CommandFailedException("no packet came out:\n" + trial.log());
        }
    }

    /// There is nobody to talk to: it starts, looks around and tries to connect.
    ///
    /// @param sign what it says when it has started
    private Exercise work(String sign) {
        return process -> {
            int before = trial.log().length();
            long endNanos = System.nanoTime() + FIRST_NANOS_MAX;
            boolean hasStarted = false;
            while (process.isAlive() && System.nanoTime() - endNanos < 0) {
                if (!hasStarted && trial.log().indexOf(sign, before) >= 0) {
                    hasStarted = true;
                    endNanos = System.nanoTime() + WORK_NANOS;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            if (!hasStarted) {
                throw new CommandFailedException("it did not start:\n" + trial.log());
            }
        };
    }
}
