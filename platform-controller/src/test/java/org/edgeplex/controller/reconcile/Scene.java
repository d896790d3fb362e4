package org.edgeplex.controller.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.edgeplex.controller.compute.ProgramSpec;
import org.edgeplex.controller.compute.RunningProgram;
import org.edgeplex.controller.health.Vitality;
import org.edgeplex.controller.intent.AccessId;
import org.edgeplex.controller.intent.Held;
import org.edgeplex.controller.intent.IntentSnapshot;
import org.edgeplex.controller.intent.Rendering;
import org.edgeplex.controller.intent.VpnNetworkAccess;
import org.edgeplex.controller.intent.VpnService;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.openflow.AttachmentSteering;
import org.edgeplex.openflow.CoreSide;
import org.edgeplex.openflow.PortSpec;
import org.edgeplex.openflow.SteeringPlan;
import org.edgeplex.openflow.SwitchPort;
import org.edgeplex.openflow.VpnLabel;
import org.edgeplex.state.Tables;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.Instance;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.state.record.ProviderEdge;
import org.edgeplex.state.record.Vrf;

/// Builds what a planner sees: service red with one access on pe1 is wanted, the CVM runs, the
/// switch has the ports of the PE. Each method adds or takes away one thing.
final class Scene {
    private static final AccessId ID = new AccessId(World.RED_PE1, "red-1");
    private static final VpnNetworkAccess ACCESS = World.access(1);
    private static final CoreSide CORE = new CoreSide("core", "cvm", World.PE1.coreMac());

    private final Map<String, ProviderEdge> self = Map.of(Tables.SELF, World.PE1);
    private final SortedMap<String, String> reservations = new TreeMap<>();
    private final SortedMap<Integer, Vrf> vrfs = new TreeMap<>();
    private final SortedMap<Integer, Attachment> attachments = new TreeMap<>();
    private final SortedMap<String, Instance> instances = new TreeMap<>();
    private final SortedMap<Integer, MplsLabel> labels = new TreeMap<>();
    private final Set<Integer> withRoutes = new HashSet<>();
    private final Map<Integer, Duration> withdrawingFor = new HashMap<>();
    private final SortedMap<String, List<RunningProgram>> programs = new TreeMap<>();
    private final Set<String> sick = new HashSet<>();
    private final Map<String, Vitality> vitality = new HashMap<>();
    private final Set<String> backingOff = new HashSet<>();
    private final SortedMap<String, SwitchPort> ports = new TreeMap<>();
    private AppliedSteering steering =
            new AppliedSteering.Applied(new SteeringPlan(CORE, List.of()), Set.of());
    private Lifecycle lifecycle = Lifecycle.ACTIVE;
    private long lastPid = 100;

    Scene() {
        List.of("cvm", "h1", "h2").forEach(host -> programs.put(host, new ArrayList<>()));
        port("core", new PortSpec.Owner.ProviderEdge());
        port("cvm", new PortSpec.Owner.ProviderEdge());
        run("cvm", "cvm", Vitality.ALIVE);
        instances.put("cvm", instance(Instance.Role.CVM, 0, "cvm", Instance.Phase.RUNNING));
    }

    /// The access runs.
    static Scene well() {
        return new Scene()
                .records()
                .recorded(Instance.Phase.RUNNING)
                .running(Vitality.ALIVE)
                .labelled()
                .steered();
    }

    Scene reserved(String key, String owner) {
        reservations.put(key, owner);
        return this;
    }

    Scene numbers() {
        return reserved("vrf/1", "red/pe1")
                .reserved("attachment/1", "red/pe1/red-1")
                .reserved("vlan/101", "red/pe1/red-1");
    }

    Scene records() {
        numbers();
        vrfs.put(1, Rendering.vrf(World.RED_PE1, World.redNode()));
        return rendered(Lifecycle.ACTIVE);
    }

    private Scene rendered(Lifecycle as) {
        attachments.put(1, Rendering.attachment(ID, ACCESS, as, World.PE1.as(), 1, 1, 101));
        return this;
    }

    /// The instance has been placed on h1, and its record knows of no process.
    Scene instance(Instance.Phase phase) {
        instances.put("pvm-1", new Instance(Instance.Role.PVM, 1, "h1", phase, List.of(), 0));
        return this;
    }

    /// The instance's record knows of both processes, which get the pids 7 and 8.
    Scene recorded(Instance.Phase phase) {
        instances.put(
                "pvm-1",
                new Instance(
                        Instance.Role.PVM,
                        1,
                        "h1",
                        phase,
                        List.of(
                                new Instance.Program("pvm-1/dataplane", 7, 7),
                                new Instance.Program("pvm-1/control", 8, 8)),
                        0));
        return this;
    }

    Scene running(Vitality both) {
        long pid = 7;
        for (ProgramSpec spec : ProgramSpec.pvm(1)) {
            host("h1").add(new RunningProgram(spec.holder(), pid, pid));
            vitality.put(spec.holder(), both);
            pid++;
        }
        return this;
    }

    Scene vitality(String holder, Vitality seen) {
        vitality.put(holder, seen);
        return this;
    }

    Scene dead(String holder) {
        programs.values().forEach(list -> list.removeIf(p -> p.holder().equals(holder)));
        return this;
    }

    Scene twice(String holder) {
        run("h1", holder, Vitality.ALIVE);
        return this;
    }

    Scene stopped() {
        return dead("pvm-1/dataplane").dead("pvm-1/control");
    }

    Scene other(String name, String host) {
        instances.put(name, instance(Instance.Role.PVM, 9, host, Instance.Phase.RUNNING));
        return this;
    }

    Scene sick(String host) {
        sick.add(host);
        return this;
    }

    Scene backingOff(String holder) {
        backingOff.add(holder);
        return this;
    }

    Scene labelled() {
        labels.put(1, new MplsLabel(1001));
        return this;
    }

    Scene unlabelled() {
        labels.clear();
        return this;
    }

    /// The switch has the ports and leads to the PVM, by the label that is bound now.
    Scene steered() {
        port("ce-1", new PortSpec.Owner.Attachment(1));
        port("pvm1", new PortSpec.Owner.Attachment(1));
        VpnLabel label =
                labels.containsKey(1) ? VpnLabel.bound(new MplsLabel(1001)) : VpnLabel.unbound();
        AttachmentSteering entry = new AttachmentSteering(1, "ce-1", "pvm1", 101, label);
        steering = new AppliedSteering.Applied(new SteeringPlan(CORE, List.of(entry)), Set.of());
        return this;
    }

    Scene unsteered() {
        steering = new AppliedSteering.Applied(new SteeringPlan(CORE, List.of()), Set.of());
        return this;
    }

    Scene unplugged() {
        ports.remove("ce-1");
        ports.remove("pvm1");
        return this;
    }

    Scene restarted() {
        steering = new AppliedSteering.Unknown();
        return this;
    }

    Scene withdrawn() {
        lifecycle = Lifecycle.WITHDRAWING;
        return this;
    }

    Scene withdrawing(int seconds) {
        withdrawingFor.put(1, Duration.ofSeconds(seconds));
        return rendered(Lifecycle.WITHDRAWING);
    }

    Scene withRoutes() {
        withRoutes.add(1);
        return this;
    }

    Scene noInstance() {
        instances.remove("pvm-1");
        return this;
    }

    Desired desired() {
        IntentSnapshot intents =
                new IntentSnapshot(
                        new TreeMap<>(Map.of("red", held(new VpnService("red", "Red")))),
                        new TreeMap<>(Map.of(World.RED_PE1, held(World.redNode()))),
                        new TreeMap<>(Map.of(ID, new Held<>(ACCESS, 1, lifecycle))));
        return new Desired(World.PLATFORM, intents);
    }

    Observed observed() {
        List<ObservedHost> hosts = new ArrayList<>();
        programs.forEach((host, running) ->
                hosts.add(
                        new ObservedHost(
                                host,
                                !host.equals("cvm"),
                                sick.contains(host) ? "it is sick" : "",
                                running)));
        return new Observed(
                self,
                reservations,
                vrfs,
                attachments,
                instances,
                labels,
                withRoutes,
                withdrawingFor,
                hosts,
                vitality,
                backingOff,
                ports,
                steering);
    }

    @Override
    public String toString() {
        return "scene";
    }

    private static <T> Held<T> held(T intent) {
        return new Held<>(intent, 1, Lifecycle.ACTIVE);
    }

    private void port(String name, PortSpec.Owner owner) {
        ports.put(name, new SwitchPort.Ready(name, ports.size() + 1, owner));
    }

    private void run(String host, String holder, Vitality seen) {
        lastPid++;
        host(host).add(new RunningProgram(holder, lastPid, lastPid));
        vitality.put(holder, seen);
    }

    private List<RunningProgram> host(String name) {
        return programs.computeIfAbsent(name, _ -> new ArrayList<>());
    }

    private Instance instance(Instance.Role role, int number, String host, Instance.Phase phase) {
        return new Instance(
                role,
                number,
                host,
                phase,
                host(host).stream()
                        .map(p -> new Instance.Program(p.holder(), p.pid(), p.startedMillis()))
                        .toList(),
                0);
    }
}
