package org.edgeplex.controller.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.edgeplex.controller.compute.ComputeHost;
import org.edgeplex.controller.compute.RunningProgram;
import org.edgeplex.controller.health.HeartbeatDetector;
import org.edgeplex.controller.health.RestartBackoff;
import org.edgeplex.controller.intent.AccessId;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Tables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loop: look, plan, do, until nothing is left to do; then wait for something to change.
///
/// [#pass] is all of it and needs no thread; [#run] calls it on the caller's.
public final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    /// How soon a silent heart, a label and a gone route are noticed. (An exit and a call are
    /// noticed at once: they raise the signal.)
    private static final Duration TICK = Duration.ofMillis(100);

    /// A full look, whatever was or was not noticed.
    private static final Duration FULL_LOOK_INTERVAL = Duration.ofSeconds(1);

    /// More passes than this without an end are our bug; then the next tick goes on.
    private static final int PASSES_MAX = 64;

    private final ReconcilerParts parts;
    private final Observer observer;
    private final Executor executor;
    private final Progress progress;
    private final ReentrantLock working = new ReentrantLock();
    private volatile boolean ended;

    public Reconciler(ReconcilerParts parts) {
        this.parts = parts;
        HeartbeatDetector detector = new HeartbeatDetector(parts.timing());
        RestartBackoff backoff = new RestartBackoff();
        this.observer =
                new Observer(
                        parts.state(),
                        parts.writer().incarnation().holder(),
                        parts.hosts(),
                        parts.link(),
                        detector,
                        backoff);
        this.executor =
                new Executor(
                        parts.state(),
                        parts.writer(),
                        parts.intents(),
                        parts.hosts(),
                        parts.link(),
                        detector,
                        backoff,
                        parts.nowNanos());
        this.progress = new Progress(parts.events());
        parts.hosts().onExit(_ -> parts.signal().raise());
    }

    /// Works until [#end] is called. Fails with [org.edgeplex.state.client.FencedException] when
    /// this controller has a successor.
    public void run() throws InterruptedException {
        long fullLookNanos = 0;
        boolean due = true;
        while (!ended) {
            long now = parts.nowNanos().getAsLong();
            if (due || now - fullLookNanos >= FULL_LOOK_INTERVAL.toNanos()) {
                fullLookNanos = now;
                settle();
            }
            due = parts.signal().await(TICK);
            due |= changed();
        }
    }

    public void end() {
        ended = true;
        parts.signal().raise();
        working.lock();
        try {
            LOG.debug("the pass that was under way has ended");
        } finally {
            working.unlock();
        }
    }

    /// What cannot wait for the next full look.
    private boolean changed() {
        working.lock();
        try {
            boolean suspicion = observer.lookAtHearts(parts.nowNanos().getAsLong());
            return observer.hasNews() || suspicion || isWaiting;
        } catch (StoreException e) {
            LOG.error("the store does not work; trying again", e);
            return false;
        } finally {
            working.unlock();
        }
    }

    /// Passes until there is nothing more to do for now.
    public void settle() {
        working.lock();
        try {
            observer.forgetPorts();
            int passes = 0;
            while (!ended && pass() && passes < PASSES_MAX) {
                passes++;
            }
        } catch (StoreException e) {
            LOG.error("the store does not work; trying again", e);
        } finally {
            working.unlock();
        }
    }

    private boolean isWaiting;

    /// One look and what follows from it. Returns whether anything was done.
    boolean pass() {
        long now = parts.nowNanos().getAsLong();
        Desired desired = new Desired(parts.platform(), parts.intents().snapshot());
        Observed observed = observer.look(executor.steering(), now);
        Plan plan = Planner.plan(desired, observed);
        SortedMap<AccessId, AccessStatus> statuses = AccessPhases.of(desired, observed);
        progress.tell(statuses, observed, now);
        // Somebody else's move is due soon: look at each tick.
        isWaiting =
                statuses.values().stream()
                        .anyMatch(status -> status.phase() != AccessPhase.RUNNING);
        List<Plan.Problem> problems = new ArrayList<>(plan.problems());
        if (!observer.switchProblem().isEmpty()) {
            problems.add(new Plan.Problem("switch", observer.switchProblem()));
        }
        boolean done = execute(plan.tasks(), problems);
        progress.tellProblems(problems);
        parts.board()
                .publish(
                        statuses,
                        hostStatuses(observed),
                        problems.stream()
                                .map(problem -> problem.subject() + ": " + problem.reason())
                                .toList());
        return done;
    }

    private boolean execute(List<Plan.Task> tasks, List<Plan.Problem> problems) {
        Set<String> failed = new HashSet<>();
        boolean done = false;
        for (Plan.Task task : tasks) {
            // The steps of a subject build on each other; those of others do not care.
            if (failed.contains(task.subject())) {
                continue;
            }
            LOG.debug("{}: {}", task.subject(), task.step());
            switch (outcome(task.step())) {
                case StepOutcome.Done() ->
                        // The bridge is asked for until the steering is in place.
                        done |= !(task.step() instanceof Step.EnsureBridge);
                case StepOutcome.Failed(String reason) -> {
                    failed.add(task.subject());
                    problems.add(new Plan.Problem(task.subject(), reason));
                }
            }
            switch (task.step()) {
                case Step.EnsurePort _, Step.RemovePort _, Step.StartProgram _ ->
                        observer.forgetPorts();
                default -> {}
            }
        }
        return done;
    }

    /// A damaged record stops the steps of its own subject alone.
    private StepOutcome outcome(Step step) {
        try {
            return executor.execute(step);
        } catch (DamagedRecordException e) {
            return new StepOutcome.Failed(String.valueOf(e.getMessage()));
        }
    }

    /// Stops every instance and what their hosts made for them; intents and records stay, so that
    /// the next controller starts them again.
    public void stopInstances() {
        for (ObservedHost host : parts.hosts().observe()) {
            ComputeHost compute = parts.hosts().named(host.name()).orElseThrow();
            for (RunningProgram program : host.programs()) {
                LOG.info("stopping {}: {}", program, compute.stop(program));
            }
        }
        for (var stored : parts.state().scan(Tables.INSTANCES)) {
            parts.hosts()
                    .named(stored.value().host())
                    .ifPresent(host ->
                            LOG.info("releasing {}: {}", stored.key(), host.release(stored.key())));
        }
    }

    private static List<HostStatus> hostStatuses(Observed observed) {
        return observed.hosts().stream()
                .map(host ->
                        new HostStatus(
                                host.name(),
                                host.problem(),
                                (int)
                                        observed.instances().values().stream()
                                                .filter(instance ->
                                                        instance.host().equals(host.name()))
                                                .count()))
                .toList();
    }
}
