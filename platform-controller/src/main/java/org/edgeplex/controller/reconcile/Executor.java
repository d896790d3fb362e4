package org.edgeplex.controller.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.edgeplex.controller.compute.ComputeHost;
import org.edgeplex.controller.compute.ComputeOutcome;
import org.edgeplex.controller.compute.ProgramSpec;
import org.edgeplex.controller.health.HeartbeatDetector;
import org.edgeplex.controller.health.RestartBackoff;
import org.edgeplex.controller.intent.IntentStore;
import org.edgeplex.openflow.SteeringPlan;
import org.edgeplex.openflow.SteeringReport;
import org.edgeplex.openflow.SwitchOutcome;
import org.edgeplex.state.RecordWriter;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRouteKey;
import org.edgeplex.state.record.Instance;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.LabelRest;
import org.edgeplex.state.record.Lease;
import org.edgeplex.state.record.Reservation;

/// Does steps; decides nothing. Used by the reconciler's thread.
final class Executor {
    private final State state;
    private final StateWriter writer;
    private final Leases leases;
    private final IntentStore intents;
    private final Hosts hosts;
    private final SwitchLink link;
    private final HeartbeatDetector detector;
    private final RestartBackoff backoff;
    private final LongSupplier nowNanos;
    private AppliedSteering steering = new AppliedSteering.Unknown();

    Executor(
            State state,
            StateWriter writer,
            IntentStore intents,
            Hosts hosts,
            SwitchLink link,
            HeartbeatDetector detector,
            RestartBackoff backoff,
            LongSupplier nowNanos) {
        this.state = state;
        this.writer = writer;
        this.leases = new Leases(state, writer.incarnation());
        this.intents = intents;
        this.hosts = hosts;
        this.link = link;
        this.detector = detector;
        this.backoff = backoff;
        this.nowNanos = nowNanos;
    }

    AppliedSteering steering() {
        return steering;
    }

    StepOutcome execute(Step step) {
        return switch (step) {
            case Step.RenderSelf(var self) ->
                    done(() -> writer.put(Tables.PROVIDER_EDGE, Tables.SELF, self));
            case Step.Reserve(String key, String owner) ->
                    writer.putIfAbsent(Tables.RESERVATIONS, key, new Reservation(owner))
                            ? new StepOutcome.Done()
                            : new StepOutcome.Failed(key + " is taken");
            case Step.Unreserve(String key) -> done(() -> writer.remove(Tables.RESERVATIONS, key));
            case Step.RenderVrf(int number, var vrf) ->
                    done(() -> writer.put(Tables.VRFS, number, vrf));
            case Step.RemoveVrf(int number) -> done(() -> writer.remove(Tables.VRFS, number));
            case Step.RenderAttachment(int number, var attachment) ->
                    done(() -> writer.put(Tables.ATTACHMENTS, number, attachment));
            case Step.RemoveAttachment(int number) ->
                    done(() -> writer.remove(Tables.ATTACHMENTS, number));
            case Step.RecordInstance(String name, Instance record) ->
                    done(() -> writer.put(Tables.INSTANCES, name, record));
            case Step.StartProgram(String host, ProgramSpec spec) -> start(host, spec);
            case Step.KillProgram(String host, var program, String reason) -> {
                fence(program.holder());
                yield onHost(host, compute -> compute.kill(program));
            }
            case Step.StopProgram(String host, var program) ->
                    onHost(host, compute -> compute.stop(program));
            case Step.EnsureBridge() ->
                    onSwitch(bridge -> bridge.database().ensureBridge(bridge.bridge()));
            case Step.EnsurePort(var port) ->
                    onSwitch(bridge -> bridge.database().ensurePort(bridge.bridge().name(), port));
            case Step.RemovePort(String port) ->
                    onSwitch(bridge -> bridge.database().removePort(bridge.bridge().name(), port));
            case Step.ApplySteering(SteeringPlan plan) -> apply(plan);
            case Step.WithdrawRoutes(int number) -> withdrawRoutes(number);
            case Step.ReleaseLabel(int number) -> releaseLabel(number);
            case Step.RemoveInstance(String name, Instance record) -> removeInstance(name, record);
            case Step.ForgetIntent(Step.IntentKind kind, String key) ->
                    done(() ->
                            intents.forget(
                                    switch (kind) {
                                        case SERVICE -> Tables.VPN_SERVICES;
                                        case NODE -> Tables.VPN_NODES;
                                        case ACCESS -> Tables.VPN_ACCESSES;
                                    },
                                    key));
        };
    }

    /// Whoever had the lease can write no more before its successor is there.
    private StepOutcome start(String host, ProgramSpec spec) {
        fence(spec.holder());
        StepOutcome outcome = onHost(host, compute -> compute.start(spec));
        detector.started(spec.holder());
        backoff.started(spec.holder(), nowNanos.getAsLong());
        return outcome;
    }

    private void fence(String holder) {
        Optional<Lease> lease = leases.read(holder);
        if (lease.isPresent() && !lease.get().owner().isEmpty()) {
            leases.fence(holder);
        }
    }

    private StepOutcome apply(SteeringPlan plan) {
        if (!(link instanceof SwitchLink.Bridge bridge)) {
            return new StepOutcome.Failed("there is no switch");
        }
        SwitchOutcome<SteeringReport> outcome = bridge.steering().apply(plan);
        if (outcome instanceof SwitchOutcome.Done<SteeringReport>(SteeringReport report)) {
            steering = new AppliedSteering.Applied(plan, report.missingPorts());
            if (!report.shadowed().isEmpty()) {
                return new StepOutcome.Failed("foreign flows are in the way: " + report.shadowed());
            }
            if (!report.missingPorts().isEmpty()) {
                return new StepOutcome.Failed(
                        "the switch does not have the ports " + report.missingPorts());
            }
        }
        return outcome(outcome);
    }

    private StepOutcome withdrawRoutes(int number) {
        fence(ProgramSpec.pvm(number).getLast().holder());
        removeRoutes(number);
        return new StepOutcome.Done();
    }

    private void removeRoutes(int number) {
        List<Write> writes = new ArrayList<>();
        State.OnDamage onDamage =
                (key, _) -> writes.add(writer.toRemove(Tables.CUSTOMER_ROUTES, key));
        for (Stored<CustomerRouteKey, CustomerRoute> route :
                state.scan(Tables.CUSTOMER_ROUTES, CustomerRouteKey.of(number), onDamage)) {
            writes.add(writer.toRemove(Tables.CUSTOMER_ROUTES, route.key()));
        }
        writer.writeAll(writes);
    }

    private StepOutcome releaseLabel(int number) {
        fence(ProgramSpec.CVM_INSTANCE);
        Optional<LabelBinding> binding =
                state.get(Tables.LABEL_BINDINGS, number).map(Stored::value);
        // Its rest, the binding, its label: the order that the records ask for.
        LabelRest rest = new LabelRest(state.clock().millis());
        binding.ifPresent(bound -> writer.put(Tables.LABEL_RESTS, bound.label(), rest));
        writer.remove(Tables.LABEL_BINDINGS, number);
        binding.ifPresent(bound -> writer.remove(Tables.LABELS, bound.label()));
        return new StepOutcome.Done();
    }

    private StepOutcome removeInstance(String name, Instance record) {
        Optional<ComputeHost> host = hosts.named(record.host());
        if (host.isPresent()
                && host.get().release(name) instanceof ComputeOutcome.Failed<String>(var why)) {
            return new StepOutcome.Failed(why);
        }
        InstancePlanner.specs(record).forEach(spec -> fence(spec.holder()));
        int number = record.attachmentNumber();
        removeRoutes(number);
        writer.remove(Tables.DATAPLANE_COUNTERS, number);
        for (ProgramSpec spec : InstancePlanner.specs(record)) {
            state.scan(Tables.SESSIONS, new RecordWriter().text(spec.holder()).toBytes())
                    .forEach(session -> writer.remove(Tables.SESSIONS, session.key()));
            leases.remove(spec.holder());
            backoff.forget(spec.holder());
        }
        writer.remove(Tables.INSTANCES, name);
        return new StepOutcome.Done();
    }

    private <T> StepOutcome onHost(String name, Function<ComputeHost, ComputeOutcome<T>> request) {
        Optional<ComputeHost> host = hosts.named(name);
        if (host.isEmpty()) {
            return new StepOutcome.Failed("host " + name + " is not in the configuration");
        }
        return switch (request.apply(host.get())) {
            case ComputeOutcome.Done<T>(_) -> new StepOutcome.Done();
            case ComputeOutcome.Failed<T>(String reason) ->
                    new StepOutcome.Failed("host " + name + ": " + reason);
        };
    }

    private <T> StepOutcome onSwitch(Function<SwitchLink.Bridge, SwitchOutcome<T>> request) {
        return link instanceof SwitchLink.Bridge bridge
                ? outcome(request.apply(bridge))
                : new StepOutcome.Failed("there is no switch");
    }

    private static <T> StepOutcome outcome(SwitchOutcome<T> outcome) {
        return switch (outcome) {
            case SwitchOutcome.Done<T>(_) -> new StepOutcome.Done();
            case SwitchOutcome.Refused<T>(String why) ->
                    new StepOutcome.Failed("the switch refuses: " + why);
            case SwitchOutcome.Unreachable<T>(String why) ->
                    new StepOutcome.Failed("the switch cannot be reached: " + why);
            case SwitchOutcome.Unanswered<T>(String why) ->
                    new StepOutcome.Failed("the switch does not answer: " + why);
        };
    }

    private static StepOutcome done(Runnable work) {
        work.run();
        return new StepOutcome.Done();
    }
}
