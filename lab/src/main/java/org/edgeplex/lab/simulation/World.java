package org.edgeplex.lab.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.client.FencedException;
import org.edgeplex.state.history.History;

/// One run: time, store, network, processes, and what was found wrong.
///
/// After the last fault the inhabitants go on with their work for a while, and then only keep what
/// is there, so that everything may come to rest before it is looked at.
final class World {
    private static final int BUSY_MILLIS = 500;
    private static final int QUIET_MILLIS = 500;
    private static final int RESPAWN_MILLIS = 15;

    private final SimLoop loop = new SimLoop();
    private final History history = new History();
    private final Map<String, Resident> residents = new LinkedHashMap<>();
    private final Map<String, Supplier<String>> checks = new LinkedHashMap<>();
    private final SplittableRandom random;
    private final Trace trace;
    private final StoreServer server;
    private Network network;
    private int faultsMillis;
    private Optional<Violation> violation = Optional.empty();

    /// A process that is started again whenever it ends.
    private static final class Resident {
        private final String name;
        private final Inhabitant inhabitant;
        private final SplittableRandom random;
        private final List<SimProcess> lives = new ArrayList<>();
        private long progressMillis = -1;

        Resident(String name, Inhabitant inhabitant, SplittableRandom random) {
            this.name = name;
            this.inhabitant = inhabitant;
            this.random = random;
        }

        boolean isNewest(SimProcess process) {
            return !lives.isEmpty() && lives.getLast().equals(process);
        }
    }

    World(SplittableRandom random, StateStore engine, boolean isTraced) {
        this.random = random;
        this.trace = new Trace(loop, isTraced);
        int changesKept = random.nextInt(3) == 0 ? 8 : 1_000;
        this.server = new StoreServer(engine, changesKept);
        this.network = new Network(loop, random.split(), List.of(), trace);
    }

    /// Adds a process that begins with the run.
    void place(String name, Inhabitant inhabitant) {
        residents.put(name, new Resident(name, inhabitant, random.split()));
    }

    /// Adds what must hold in the end.
    ///
    /// @param wrong says what does not; empty when all does
    void check(String invariant, Supplier<String> wrong) {
        checks.put(invariant, wrong);
    }

    /// An invariant is broken: the run ends. Only the first counts.
    void violated(String invariant, String detail) {
        if (violation.isEmpty()) {
            violation = Optional.of(new Violation(invariant, detail));
        }
    }

    List<String> names() {
        return List.copyOf(residents.keySet());
    }

    SimLoop loop() {
        return loop;
    }

    History history() {
        return history;
    }

    StoreServer server() {
        return server;
    }

    Trace trace() {
        return trace;
    }

    long nowMillis() {
        return loop.nowNanos() / 1_000_000;
    }

    /// Whether inhabitants still change things.
    boolean isBusy() {
        return nowMillis() < faultsMillis + BUSY_MILLIS;
    }

    void progress(String name) {
        resident(name).progressMillis = nowMillis();
    }

    StateStore connect(SimProcess process) {
        return new SimStore(process, network, server);
    }

    Optional<Violation> run(FaultPlan plan) {
        faultsMillis = plan.faultsMillis();
        network = new Network(loop, random.split(), plan.faults(), trace);
        residents.values().forEach(this::start);
        plan.faults().forEach(this::schedule);
        long endNanos = 1_000_000L * (faultsMillis + BUSY_MILLIS + QUIET_MILLIS);
        while (violation.isEmpty() && loop.step(endNanos)) {
            // One event after the other.
        }
        for (Resident resident : residents.values()) {
            resident.lives.forEach(SimProcess::kill);
            if (resident.progressMillis < faultsMillis) {
                violated("once nothing goes wrong any more, work goes on", resident.name);
            }
        }
        checks.forEach((invariant, wrong) -> {
            String what = violation.isPresent() ? "" : wrong.get();
            if (!what.isEmpty()) {
                violated(invariant, what);
            }
        });
        loop.close();
        return violation;
    }

    private void schedule(Fault fault) {
        switch (fault) {
            case Fault.Kill(String name, int at) ->
                    at(
                            at,
                            () -> {
                                trace.note(() -> "killed: " + newest(name));
                                newest(name).kill();
                                ended(newest(name));
                            });
            case Fault.Stall(String name, int at, int length) ->
                    at(
                            at,
                            () -> {
                                trace.note(() -> "stalled: " + newest(name));
                                newest(name).stall(Duration.ofMillis(length));
                            });
            case Fault.Supersede(String name, int at, int length) ->
                    at(
                            at,
                            () -> {
                                trace.note(() -> "superseded: " + newest(name));
                                newest(name).stall(Duration.ofMillis(length));
                                start(resident(name));
                            });
            case Fault.Cut _, Fault.StoreStall _, Fault.Message _ -> {
                // The network sees to them.
            }
        }
    }

    private void at(int millis, Runnable task) {
        loop.schedule(Duration.ofMillis(millis), task);
    }

    private void start(Resident resident) {
        SimProcess process =
                new SimProcess(
                        this,
                        resident.name,
                        resident.lives.size() + 1,
                        resident.random.split(),
                        self -> live(resident, self));
        resident.lives.add(process);
        trace.note(() -> "started: " + process);
        process.start();
    }

    private void live(Resident resident, SimProcess process) {
        try {
            resident.inhabitant.live(process);
        } catch (FencedException | StoreException end) {
            trace.note(() -> process + " ends: " + end.getMessage());
        } catch (RuntimeException mistake) {
            violated("no process fails but by what the store answers", process + ": " + mistake);
        }
        process.kill();
        ended(process);
    }

    private void ended(SimProcess process) {
        Resident resident = resident(process.name());
        at(
                RESPAWN_MILLIS,
                () -> {
                    if (resident.isNewest(process)) {
                        start(resident);
                    }
                });
    }

    private SimProcess newest(String name) {
        return resident(name).lives.getLast();
    }

    private Resident resident(String name) {
        Resident resident = residents.get(name);
        if (resident == null) {
            throw new IllegalArgumentException("nobody is called " + name);
        }
        return resident;
    }
}
