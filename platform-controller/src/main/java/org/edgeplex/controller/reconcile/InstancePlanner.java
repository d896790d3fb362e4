package org.edgeplex.controller.reconcile;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.controller.compute.ProgramSpec;
import org.edgeplex.controller.compute.RunningProgram;
import org.edgeplex.controller.health.Vitality;
import org.edgeplex.state.record.Instance;

/// Keeps the programs of an instance running: the same for the CVM and for PVMs.
final class InstancePlanner {
    private final Observed observed;
    private final PlanBuilder plan;

    InstancePlanner(Observed observed, PlanBuilder plan) {
        this.observed = observed;
        this.plan = plan;
    }

    /// The programs that the instance consists of.
    static List<ProgramSpec> specs(Instance instance) {
        return switch (instance.role()) {
            case CVM -> List.of(ProgramSpec.cvm());
            case PVM -> ProgramSpec.pvm(instance.attachmentNumber());
        };
    }

    /// Plans for one instance.
    ///
    /// @param serving whether what surrounds it (steering, label) lets it serve once it is alive
    void keepRunning(String subject, String name, Instance instance, boolean serving) {
        List<ProgramSpec> specs = specs(instance);
        String host = instance.host();
        boolean allAlive = specs.stream().allMatch(spec -> observed.isAlive(host, spec.holder()));
        boolean anyGone =
                specs.stream().anyMatch(spec -> observed.running(host, spec.holder()).isEmpty());
        record(subject, name, instance, specs, phase(instance, anyGone, allAlive && serving));
        for (ProgramSpec spec : specs) {
            keepRunning(subject, host, spec);
        }
    }

    private static Instance.Phase phase(Instance instance, boolean anyGone, boolean serving) {
        return switch (instance.phase()) {
            case STARTING -> serving ? Instance.Phase.RUNNING : Instance.Phase.STARTING;
            case HEALING -> serving ? Instance.Phase.RUNNING : Instance.Phase.HEALING;
            case RUNNING -> anyGone ? Instance.Phase.HEALING : Instance.Phase.RUNNING;
            case STOPPING -> Instance.Phase.STOPPING;
        };
    }

    private void record(
            String subject,
            String name,
            Instance instance,
            List<ProgramSpec> specs,
            Instance.Phase phase) {
        List<Instance.Program> programs = new ArrayList<>();
        for (ProgramSpec spec : specs) {
            observed.running(instance.host(), spec.holder()).stream()
                    .limit(1)
                    .map(running ->
                            new Instance.Program(
                                    running.holder(), running.pid(), running.startedMillis()))
                    .forEach(programs::add);
        }
        boolean healing =
                phase == Instance.Phase.HEALING && instance.phase() != Instance.Phase.HEALING;
        Instance next =
                new Instance(
                        instance.role(),
                        instance.attachmentNumber(),
                        instance.host(),
                        phase,
                        programs,
                        instance.restarts() + (healing ? 1 : 0));
        if (!next.equals(instance)) {
            plan.add(subject, new Step.RecordInstance(name, next));
        }
    }

    private void keepRunning(String subject, String host, ProgramSpec spec) {
        List<RunningProgram> running = observed.running(host, spec.holder());
        if (running.isEmpty()) {
            start(subject, host, spec);
        } else if (running.size() > 1) {
            running.forEach(program ->
                    plan.add(subject, new Step.KillProgram(host, program, "runs more than once")));
        } else if (observed.vitality().getOrDefault(spec.holder(), Vitality.STARTING)
                == Vitality.SUSPECT) {
            plan.add(
                    subject,
                    new Step.KillProgram(host, running.getFirst(), "its heartbeat is silent"));
        }
    }

    private void start(String subject, String host, ProgramSpec spec) {
        String problem =
                observed.host(host)
                        .map(ObservedHost::problem)
                        .orElse("is not in the configuration");
        if (!problem.isEmpty()) {
            plan.problem(subject, "host " + host + ": " + problem);
        } else if (!observed.backingOff().contains(spec.holder())) {
            plan.add(subject, new Step.StartProgram(host, spec));
        }
    }
}
