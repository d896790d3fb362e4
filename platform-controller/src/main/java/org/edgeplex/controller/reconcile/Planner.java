package org.edgeplex.controller.reconcile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.edgeplex.controller.compute.ProgramSpec;
import org.edgeplex.controller.intent.AccessId;
import org.edgeplex.controller.intent.Held;
import org.edgeplex.controller.intent.NodeId;
import org.edgeplex.controller.intent.Rendering;
import org.edgeplex.controller.intent.VpnNode;
import org.edgeplex.controller.placement.Placement;
import org.edgeplex.state.Tables;
import org.edgeplex.state.record.Instance;
import org.edgeplex.state.record.Vrf;

/// What is next, from what shall be and what is: a pure function.
///
/// The steps of a subject are in order, and each leads to an observation that the next pass goes on
/// from; no steps means that what is, is what shall be, or has to be waited for.
public final class Planner {
    /// The host that only the CVM runs on.
    public static final String CVM_HOST = "cvm";

    static final String ATTACHMENT = "attachment";
    static final String VLAN = "vlan";
    static final String VRF = "vrf";

    private static final String SELF_SUBJECT = "provider-edge";
    private static final int NUMBER_MAX = 1 << 20;

    private final Desired desired;
    private final Observed observed;
    private final PlanBuilder plan = new PlanBuilder();
    private final Set<String> taken;
    private final SortedSet<AccessId> accesses;

    private Planner(Desired desired, Observed observed) {
        this.desired = desired;
        this.observed = observed;
        this.taken = new HashSet<>(observed.reservations().keySet());
        this.accesses = accesses(desired, observed);
    }

    public static Plan plan(Desired desired, Observed observed) {
        return new Planner(desired, observed).run();
    }

    /// All that are wanted, and all that something is left of.
    static SortedSet<AccessId> accesses(Desired desired, Observed observed) {
        SortedSet<AccessId> ids = new TreeSet<>(desired.intents().accesses().keySet());
        observed.reservations()
                .forEach((key, owner) -> {
                    if (key.startsWith(ATTACHMENT + "/") || key.startsWith(VLAN + "/")) {
                        ids.add(AccessId.parse(owner));
                    }
                });
        return ids;
    }

    private Plan run() {
        if (!desired.self().equals(observed.self().get(Tables.SELF))) {
            plan.add(SELF_SUBJECT, new Step.RenderSelf(desired.self()));
        }
        SteeringPlanner steering = new SteeringPlanner(desired, observed, accesses);
        steering.planProviderEdge(plan);
        cvm();
        nodes();
        AccessPlanner accessPlanner = new AccessPlanner(desired, observed, this, steering, plan);
        accesses.forEach(accessPlanner::plan);
        steering.plan(plan);
        services();
        return plan.build();
    }

    private void cvm() {
        if (!desired.platform().cvmWanted()) {
            return;
        }
        String name = ProgramSpec.CVM_INSTANCE;
        Instance instance = observed.instances().get(name);
        if (instance == null) {
            plan.add(
                    name,
                    new Step.RecordInstance(
                            name,
                            new Instance(
                                    Instance.Role.CVM,
                                    0,
                                    CVM_HOST,
                                    Instance.Phase.STARTING,
                                    List.of(),
                                    0)));
            return;
        }
        new InstancePlanner(observed, plan).keepRunning(name, name, instance, true);
    }

    private void nodes() {
        SortedSet<NodeId> ids = new TreeSet<>(desired.intents().nodes().keySet());
        observed.reservations()
                .forEach((key, owner) -> {
                    if (key.startsWith(VRF + "/")) {
                        ids.add(NodeId.parse(owner));
                    }
                });
        ids.forEach(this::node);
    }

    private void node(NodeId id) {
        String name = id.toString();
        Optional<Integer> number = observed.reserved(VRF, name);
        Held<VpnNode> held = desired.intents().nodes().get(id);
        if (held != null && !desired.intents().isWithdrawn(id)) {
            if (number.isEmpty()) {
                reserve(VRF, name, 1, NUMBER_MAX);
                return;
            }
            Vrf wanted = Rendering.vrf(id, held.intent());
            if (!wanted.equals(observed.vrfs().get(number.get()))) {
                plan.add(name, new Step.RenderVrf(number.get(), wanted));
            }
            return;
        }
        if (accesses.stream().anyMatch(access -> access.node().equals(id))) {
            return;
        }
        if (number.isPresent()) {
            if (observed.vrfs().containsKey(number.get())) {
                plan.add(name, new Step.RemoveVrf(number.get()));
            }
            plan.add(name, new Step.Unreserve(VRF + "/" + number.get()));
        }
        if (held != null) {
            plan.add(name, new Step.ForgetIntent(Step.IntentKind.NODE, name));
        }
    }

    private void services() {
        for (String service : desired.intents().services().keySet()) {
            boolean empty =
                    desired.intents().nodesOf(service).isEmpty()
                            && accesses.stream()
                                    .noneMatch(id -> id.node().service().equals(service));
            if (empty && desired.intents().isWithdrawn(service)) {
                plan.add(service, new Step.ForgetIntent(Step.IntentKind.SERVICE, service));
            }
        }
    }

    /// The lowest number that is free, for this owner.
    void reserve(String kind, String owner, int first, int last) {
        for (int number = first; number <= last; number++) {
            String key = kind + "/" + number;
            if (taken.add(key)) {
                plan.add(owner, new Step.Reserve(key, owner));
                return;
            }
        }
        plan.problem(owner, "no " + kind + " number is free from " + first + " to " + last);
    }

    /// A healthy host for another PVM.
    Optional<String> host() {
        List<Placement.Candidate> candidates = new ArrayList<>();
        for (ObservedHost host : observed.hosts()) {
            if (host.takesPvms()) {
                candidates.add(
                        new Placement.Candidate(host.name(), host.isHealthy(), load(host.name())));
            }
        }
        return Placement.choose(candidates);
    }

    private final List<String> placedNow = new ArrayList<>();

    void placed(String host) {
        placedNow.add(host);
    }

    private int load(String host) {
        long placed = placedNow.stream().filter(host::equals).count();
        long present =
                observed.instances().values().stream()
                        .filter(instance -> instance.host().equals(host))
                        .count();
        return (int) (placed + present);
    }
}
