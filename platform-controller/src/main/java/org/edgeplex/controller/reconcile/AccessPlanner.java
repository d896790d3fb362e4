package org.edgeplex.controller.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.edgeplex.controller.compute.ProgramSpec;
import org.edgeplex.controller.compute.RunningProgram;
import org.edgeplex.controller.intent.AccessId;
import org.edgeplex.controller.intent.Held;
import org.edgeplex.controller.intent.Rendering;
import org.edgeplex.controller.intent.VpnNetworkAccess;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.Instance;
import org.edgeplex.state.record.Lifecycle;

/// The way of one access: numbers, records, host, programs; and the way back.
final class AccessPlanner {
    private static final int NUMBER_MAX = 0xffff;

    private final Desired desired;
    private final Observed observed;
    private final Planner planner;
    private final SteeringPlanner steering;
    private final PlanBuilder plan;

    AccessPlanner(
            Desired desired,
            Observed observed,
            Planner planner,
            SteeringPlanner steering,
            PlanBuilder plan) {
        this.desired = desired;
        this.observed = observed;
        this.planner = planner;
        this.steering = steering;
        this.plan = plan;
    }

    void plan(AccessId id) {
        if (desired.intents().isWithdrawn(id)) {
            withdraw(id);
        } else {
            provide(id);
        }
    }

    /// The attachment record that the intent asks for; empty as long as numbers are missing.
    static Optional<Attachment> rendered(
            Desired desired, Observed observed, AccessId id, Lifecycle lifecycle) {
        Optional<Integer> number = observed.reserved(Planner.ATTACHMENT, id.toString());
        Optional<Integer> vlan = observed.reserved(Planner.VLAN, id.toString());
        Optional<Integer> vrf = observed.reserved(Planner.VRF, id.node().toString());
        Held<VpnNetworkAccess> held = desired.intents().accesses().get(id);
        if (number.isEmpty() || vlan.isEmpty() || vrf.isEmpty() || held == null) {
            return Optional.empty();
        }
        return Optional.of(
                Rendering.attachment(
                        id,
                        held.intent(),
                        lifecycle,
                        desired.self().as(),
                        number.get(),
                        vrf.get(),
                        vlan.get()));
    }

    private void provide(AccessId id) {
        String subject = id.toString();
        Optional<Integer> reserved = observed.reserved(Planner.ATTACHMENT, subject);
        if (reserved.isEmpty()) {
            planner.reserve(Planner.ATTACHMENT, subject, 1, NUMBER_MAX);
        }
        if (observed.reserved(Planner.VLAN, subject).isEmpty()) {
            VlanRange vlans = desired.platform().vlans();
            planner.reserve(Planner.VLAN, subject, vlans.first(), vlans.last());
        }
        Optional<Attachment> wanted = rendered(desired, observed, id, Lifecycle.ACTIVE);
        if (reserved.isEmpty() || wanted.isEmpty()) {
            return;
        }
        int number = reserved.get();
        if (!wanted.get().equals(observed.attachments().get(number))) {
            plan.add(subject, new Step.RenderAttachment(number, wanted.get()));
            return;
        }
        String name = ProgramSpec.pvmInstance(number);
        Instance instance = observed.instances().get(name);
        if (instance == null) {
            place(subject, name, number, Instance.Phase.STARTING, 0);
        } else if (isLost(instance)) {
            place(subject, name, number, Instance.Phase.HEALING, instance.restarts() + 1);
        } else {
            boolean serving = steering.isInPlace(number) && observed.labels().containsKey(number);
            new InstancePlanner(observed, plan).keepRunning(subject, name, instance, serving);
        }
    }

    private void place(
            String subject, String name, int number, Instance.Phase phase, int restarts) {
        Optional<String> host = planner.host();
        if (host.isEmpty()) {
            plan.problem(subject, "no healthy compute host");
            return;
        }
        planner.placed(host.get());
        plan.add(
                subject,
                new Step.RecordInstance(
                        name,
                        new Instance(
                                Instance.Role.PVM,
                                number,
                                host.get(),
                                phase,
                                List.of(),
                                restarts)));
    }

    /// Its host cannot run it any more, and does not; another one can.
    private boolean isLost(Instance instance) {
        Optional<ObservedHost> host = observed.host(instance.host());
        boolean unusable = host.isEmpty() || !host.get().isHealthy();
        boolean anyRuns =
                ProgramSpec.pvm(instance.attachmentNumber()).stream()
                        .anyMatch(spec ->
                                !observed.running(instance.host(), spec.holder()).isEmpty());
        return unusable && !anyRuns && planner.host().isPresent();
    }

    private void withdraw(AccessId id) {
        String subject = id.toString();
        Optional<Integer> reserved = observed.reserved(Planner.ATTACHMENT, subject);
        if (reserved.isPresent()) {
            int number = reserved.get();
            Attachment attachment = observed.attachments().get(number);
            if (attachment != null && attachment.lifecycle() == Lifecycle.ACTIVE) {
                plan.add(subject, new Step.RenderAttachment(number, withdrawing(attachment)));
                return;
            }
            if (attachment != null && !isWithdrawn(subject, number)) {
                return;
            }
            Instance instance = observed.instances().get(ProgramSpec.pvmInstance(number));
            if (instance != null) {
                tearDown(subject, number, instance);
                return;
            }
            if (attachment != null) {
                plan.add(subject, new Step.RemoveAttachment(number));
            }
        }
        observed.reserved(Planner.VLAN, subject)
                .ifPresent(
                        vlan -> plan.add(subject, new Step.Unreserve(Planner.VLAN + "/" + vlan)));
        reserved.ifPresent(
                number -> plan.add(subject, new Step.Unreserve(Planner.ATTACHMENT + "/" + number)));
        if (desired.intents().accesses().containsKey(id)) {
            plan.add(subject, new Step.ForgetIntent(Step.IntentKind.ACCESS, subject));
        }
    }

    private static Attachment withdrawing(Attachment attachment) {
        return new Attachment(
                attachment.name(),
                Lifecycle.WITHDRAWING,
                attachment.vrfNumber(),
                attachment.vlanId(),
                attachment.gateway(),
                attachment.gatewayMac(),
                attachment.linkPrefixLength(),
                attachment.mtuBytes(),
                attachment.routing());
    }

    /// Whether the core has forgotten the attachment. If its own programs cannot see to that, or do
    /// not in time, we do it in their place.
    private boolean isWithdrawn(String subject, int number) {
        Duration waited = observed.withdrawingFor().getOrDefault(number, Duration.ZERO);
        boolean routes = observed.withRoutes().contains(number);
        boolean label = observed.labels().containsKey(number);
        if (routes) {
            if (!controlRuns(number) || isPast(waited, desired.platform().routesDeadline())) {
                plan.add(subject, new Step.WithdrawRoutes(number));
            }
        } else if (label && isPast(waited, desired.platform().labelDeadline())) {
            plan.add(subject, new Step.ReleaseLabel(number));
        }
        return !routes && !label;
    }

    private static boolean isPast(Duration waited, Duration deadline) {
        return waited.compareTo(deadline) >= 0;
    }

    private boolean controlRuns(int number) {
        Instance instance = observed.instances().get(ProgramSpec.pvmInstance(number));
        String holder = ProgramSpec.pvm(number).getLast().holder();
        return instance != null && !observed.running(instance.host(), holder).isEmpty();
    }

    private void tearDown(String subject, int number, Instance instance) {
        String name = ProgramSpec.pvmInstance(number);
        if (instance.phase() != Instance.Phase.STOPPING) {
            plan.add(subject, new Step.RecordInstance(name, stopping(instance)));
            return;
        }
        boolean stopped = true;
        for (ProgramSpec spec : ProgramSpec.pvm(number)) {
            for (RunningProgram program : observed.running(instance.host(), spec.holder())) {
                plan.add(subject, new Step.StopProgram(instance.host(), program));
                stopped = false;
            }
        }
        // Its flows and ports go first: they name the device that goes with the instance.
        if (stopped && steering.isClearOf(number)) {
            plan.add(subject, new Step.RemoveInstance(name, instance));
        }
    }

    private static Instance stopping(Instance instance) {
        return new Instance(
                instance.role(),
                instance.attachmentNumber(),
                instance.host(),
                Instance.Phase.STOPPING,
                instance.programs(),
                instance.restarts());
    }
}
