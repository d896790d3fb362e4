package org.edgeplex.controller.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.edgeplex.controller.compute.ProgramSpec;
import org.edgeplex.controller.intent.AccessId;
import org.edgeplex.controller.intent.Held;
import org.edgeplex.controller.intent.VpnNetworkAccess;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.openflow.AttachmentSteering;
import org.edgeplex.openflow.CoreSide;
import org.edgeplex.openflow.PortSpec;
import org.edgeplex.openflow.SteeringPlan;
import org.edgeplex.openflow.SwitchPort;
import org.edgeplex.openflow.VpnLabel;
import org.edgeplex.state.record.Instance;

/// The switch's share of the plan: ports, and one steering plan for all attachments.
final class SteeringPlanner {
    private static final String SUBJECT = "switch";

    private final Desired desired;
    private final Observed observed;
    private final List<AttachmentSteering> attachments = new ArrayList<>();

    SteeringPlanner(Desired desired, Observed observed, Collection<AccessId> accesses) {
        this.desired = desired;
        this.observed = observed;
        accesses.forEach(id -> steering(id).ifPresent(attachments::add));
    }

    void planProviderEdge(PlanBuilder plan) {
        if (desired.platform().wiring()
                instanceof SwitchWiring.Bridge(String corePort, String cvmPort)) {
            if (observed.steering() instanceof AppliedSteering.Unknown) {
                plan.add(SUBJECT, new Step.EnsureBridge());
            }
            ensure(plan, SUBJECT, PortSpec.system(corePort, new PortSpec.Owner.ProviderEdge()));
            ensure(plan, SUBJECT, PortSpec.system(cvmPort, new PortSpec.Owner.ProviderEdge()));
        }
    }

    void plan(PlanBuilder plan) {
        if (!(desired.platform().wiring()
                instanceof SwitchWiring.Bridge(String corePort, String cvmPort))) {
            return;
        }
        CoreSide core = new CoreSide(corePort, cvmPort, desired.self().coreMac());
        SteeringPlan wanted;
        try {
            wanted = new SteeringPlan(core, attachments);
        } catch (IllegalArgumentException e) {
            // Two attachments with one label or port: better the old flows than half of the new.
            plan.problem(SUBJECT, String.valueOf(e.getMessage()));
            return;
        }
        for (AttachmentSteering attachment : attachments) {
            PortSpec.Owner owner = new PortSpec.Owner.Attachment(attachment.attachmentNumber());
            ensure(plan, SUBJECT, PortSpec.system(attachment.accessPort(), owner));
            ensure(plan, SUBJECT, PortSpec.system(attachment.pvmPort(), owner));
        }
        boolean applied =
                observed.steering() instanceof AppliedSteering.Applied(var plan0, var missing)
                        && plan0.equals(wanted)
                        && missing.isEmpty();
        if (!applied) {
            plan.add(SUBJECT, new Step.ApplySteering(wanted));
        } else {
            removeStalePorts(plan);
        }
    }

    /// Whether the switch leads to the attachment's PVM, by its present label.
    boolean isInPlace(int number) {
        if (desired.platform().wiring() instanceof SwitchWiring.NoSwitch) {
            return true;
        }
        return observed.steering() instanceof AppliedSteering.Applied(var plan, var missing)
                && wanted(number).filter(plan.attachments()::contains).isPresent()
                && wanted(number)
                        .filter(wanted ->
                                missing.contains(wanted.accessPort())
                                        || missing.contains(wanted.pvmPort()))
                        .isEmpty();
    }

    /// Whether the switch leads to the attachment's PVM at all, with or without its label.
    boolean leadsTo(int number) {
        return desired.platform().wiring() instanceof SwitchWiring.NoSwitch
                || (observed.steering() instanceof AppliedSteering.Applied(var plan, _)
                        && plan.attachments().stream()
                                .anyMatch(entry -> entry.attachmentNumber() == number));
    }

    /// Whether neither a flow nor a port of the attachment is left.
    boolean isClearOf(int number) {
        if (desired.platform().wiring() instanceof SwitchWiring.NoSwitch) {
            return true;
        }
        boolean flows =
                !(observed.steering() instanceof AppliedSteering.Applied(var plan, _))
                        || plan.attachments().stream()
                                .anyMatch(entry -> entry.attachmentNumber() == number);
        boolean ports =
                observed.ports().values().stream()
                        .anyMatch(
                                port -> port.owner().equals(new PortSpec.Owner.Attachment(number)));
        return !flows && !ports;
    }

    private Optional<AttachmentSteering> wanted(int number) {
        return attachments.stream().filter(entry -> entry.attachmentNumber() == number).findFirst();
    }

    private Optional<AttachmentSteering> steering(AccessId id) {
        Optional<Integer> number = observed.reserved(Planner.ATTACHMENT, id.toString());
        Held<VpnNetworkAccess> held = desired.intents().accesses().get(id);
        if (number.isEmpty()
                || held == null
                || !observed.attachments().containsKey(number.get())
                || !isToBeSteered(number.get())) {
            return Optional.empty();
        }
        MplsLabel label = observed.labels().get(number.get());
        return Optional.of(
                new AttachmentSteering(
                        number.get(),
                        held.intent().port(),
                        ProgramSpec.pvmPort(number.get()),
                        observed.attachments().get(number.get()).vlanId(),
                        label == null || label.isReserved()
                                ? VpnLabel.unbound()
                                : VpnLabel.bound(label)));
    }

    /// From when its PVM is alive for the first time until it is stopped; not less while it heals.
    private boolean isToBeSteered(int number) {
        Instance instance = observed.instances().get(ProgramSpec.pvmInstance(number));
        if (instance == null) {
            return false;
        }
        return switch (instance.phase()) {
            case RUNNING, HEALING -> true;
            case STOPPING -> false;
            case STARTING ->
                    ProgramSpec.pvm(number).stream()
                            .allMatch(spec -> observed.isAlive(instance.host(), spec.holder()));
        };
    }

    private void ensure(PlanBuilder plan, String subject, PortSpec spec) {
        boolean present =
                observed.ports().get(spec.name()) instanceof SwitchPort.Ready ready
                        && ready.owner().equals(spec.owner());
        if (!present) {
            plan.add(subject, new Step.EnsurePort(spec));
        }
    }

    private void removeStalePorts(PlanBuilder plan) {
        Set<String> kept = new HashSet<>();
        for (AttachmentSteering attachment : attachments) {
            kept.add(attachment.accessPort());
            kept.add(attachment.pvmPort());
        }
        for (SwitchPort port : observed.ports().values()) {
            if (port.owner() instanceof PortSpec.Owner.Attachment && !kept.contains(port.name())) {
                plan.add(SUBJECT, new Step.RemovePort(port.name()));
            }
        }
    }
}
