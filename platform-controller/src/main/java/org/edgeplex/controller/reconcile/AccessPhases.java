package org.edgeplex.controller.reconcile;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.edgeplex.controller.compute.ProgramSpec;
import org.edgeplex.controller.intent.AccessId;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.Instance;
import org.edgeplex.state.record.Lifecycle;

/// How far every access has come: a pure function of the same two things that the planner sees.
final class AccessPhases {
    private final Desired desired;
    private final Observed observed;
    private final SteeringPlanner steering;

    private AccessPhases(Desired desired, Observed observed) {
        this.desired = desired;
        this.observed = observed;
        this.steering = new SteeringPlanner(desired, observed, Planner.accesses(desired, observed));
    }

    static SortedMap<AccessId, AccessStatus> of(Desired desired, Observed observed) {
        AccessPhases phases = new AccessPhases(desired, observed);
        SortedMap<AccessId, AccessStatus> statuses = new TreeMap<>();
        Planner.accesses(desired, observed).forEach(id -> statuses.put(id, phases.status(id)));
        return statuses;
    }

    private AccessStatus status(AccessId id) {
        int number = observed.reserved(Planner.ATTACHMENT, id.toString()).orElse(0);
        Instance instance = observed.instances().get(ProgramSpec.pvmInstance(number));
        MplsLabel label = observed.labels().get(number);
        return new AccessStatus(
                phase(id, number),
                number,
                observed.reserved(Planner.VRF, id.node().toString()).orElse(0),
                observed.reserved(Planner.VLAN, id.toString()).orElse(0),
                label == null ? 0 : label.value(),
                instance == null ? "" : ProgramSpec.pvmInstance(number),
                instance == null ? "" : instance.host());
    }

    private AccessPhase phase(AccessId id, int number) {
        if (desired.intents().isWithdrawn(id)) {
            return AccessPhase.WITHDRAWING;
        }
        Optional<Attachment> wanted =
                AccessPlanner.rendered(desired, observed, id, Lifecycle.ACTIVE);
        Attachment present = observed.attachments().get(number);
        if (wanted.isEmpty() || !wanted.get().equals(present)) {
            return AccessPhase.ACCEPTED;
        }
        Instance instance = observed.instances().get(ProgramSpec.pvmInstance(number));
        if (instance == null) {
            return AccessPhase.RESERVED;
        }
        return switch (instance.phase()) {
            case STARTING -> steering.leadsTo(number) ? AccessPhase.STEERED : AccessPhase.STARTING;
            case HEALING -> AccessPhase.HEALING;
            case STOPPING -> AccessPhase.WITHDRAWING;
            // Flows of an earlier life of the controller count until we know better.
            case RUNNING ->
                    steering.isInPlace(number)
                                    || observed.steering() instanceof AppliedSteering.Unknown
                            ? AccessPhase.RUNNING
                            : AccessPhase.ACCEPTED;
        };
    }
}
