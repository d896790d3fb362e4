package org.edgeplex.controller.reconcile;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.edgeplex.controller.compute.ProgramSpec;
import org.edgeplex.controller.event.EventLog;
import org.edgeplex.controller.intent.AccessId;
import org.edgeplex.state.record.Instance;

/// Turns what is into events: one whenever a phase is not the one last told, or a problem is new.
///
/// Level-triggered like all else: after a restart it goes on from what the log says. Used by the
/// reconciler's thread.
final class Progress {
    private static final String HEALED = "HEALED";

    private final EventLog events;
    private final Map<String, Long> healingSinceNanos = new HashMap<>();
    private Map<String, String> problemsTold = new HashMap<>();

    Progress(EventLog events) {
        this.events = events;
    }

    void tell(SortedMap<AccessId, AccessStatus> accesses, Observed observed, long nowNanos) {
        accesses.forEach(
                (id, status) -> tell(id.toString(), status.phase(), detail(status), nowNanos));
        Instance cvm = observed.instances().get(ProgramSpec.CVM_INSTANCE);
        if (cvm != null) {
            AccessPhase phase =
                    AccessPhase.valueOf(
                            cvm.phase() == Instance.Phase.STOPPING
                                    ? "WITHDRAWING"
                                    : cvm.phase().name());
            tell(ProgramSpec.CVM_INSTANCE, phase, "the control VM", nowNanos);
        }
    }

    /// Tells problems that were not there the last time.
    void tellProblems(List<Plan.Problem> problems) {
        Map<String, String> present = new TreeMap<>();
        problems.forEach(problem -> present.putIfAbsent(problem.subject(), problem.reason()));
        present.forEach((subject, reason) -> {
            if (!reason.equals(problemsTold.get(subject))) {
                events.append(subject, EventLog.FAILED, reason);
            }
        });
        problemsTold = present;
    }

    private void tell(String subject, AccessPhase phase, String detail, long nowNanos) {
        String told = events.phaseOf(subject);
        if (phase == AccessPhase.HEALING) {
            healingSinceNanos.putIfAbsent(subject, nowNanos);
        }
        if (told.equals(phase.name()) || (told.equals(HEALED) && phase == AccessPhase.RUNNING)) {
            return;
        }
        if (phase == AccessPhase.RUNNING && told.equals(AccessPhase.HEALING.name())) {
            Long since = healingSinceNanos.remove(subject);
            String after =
                    since == null
                            ? ""
                            : String.format(
                                    Locale.ROOT, " after %d ms", (nowNanos - since) / 1_000_000);
            events.append(subject, HEALED, detail + after);
        } else {
            events.append(subject, phase.name(), detail);
        }
    }

    private static String detail(AccessStatus status) {
        return switch (status.phase()) {
            case ACCEPTED -> "waits for its records";
            case RESERVED ->
                    "attachment "
                            + status.attachmentNumber()
                            + ", VLAN "
                            + status.vlanId()
                            + ", VRF "
                            + status.vrfNumber();
            case STARTING -> status.instance() + " starts on host " + status.host();
            case STEERED -> "the switch leads to " + status.instance();
            case RUNNING -> status.instance() + " serves, VPN label " + status.label();
            case HEALING -> status.instance() + " is replaced on host " + status.host();
            case WITHDRAWING -> "is being withdrawn";
        };
    }
}
