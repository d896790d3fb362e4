package org.edgeplex.openflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// A switch in memory that keeps what it was told: for tests of the controller and for simulation.
///
/// It has one flow table (of the one bridge it steers), any number of bridges, and network devices
/// that a test adds and takes away. It follows the rules of the real one: a plan is applied at once
/// or not at all, a port without a device is refused, flows outlive a lost connection.
public final class RecordingSwitch implements SwitchSteering, SwitchDatabase {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final Comparator<Flow> TABLE_ORDER =
            Comparator.comparingInt(Flow::tableId)
                    .thenComparing(Flow::priority, Comparator.reverseOrder())
                    .thenComparing(Flow::matchText);

    private final String bridge;
    private final LongSupplier nowNanos;
    private final Map<String, BridgeSpec> bridges = new HashMap<>();
    private final Map<String, SortedMap<String, SwitchPort.Ready>> ports = new HashMap<>();
    private final Set<String> missingDevices = new HashSet<>();
    private final Map<Flow.Key, Installed> table = new HashMap<>();
    private final List<FlowDiff> sent = new ArrayList<>();
    private String refusal = "";
    private boolean reachable = true;
    private int nextOfport = 1;

    private record Installed(Flow flow, long sinceNanos) {}

    /// @param bridge the bridge whose flows [#apply] steers
    public RecordingSwitch(String bridge, LongSupplier nowNanos) {
        this.bridge = bridge;
        this.nowNanos = nowNanos;
    }

    public RecordingSwitch(String bridge) {
        this(bridge, System::nanoTime);
    }

    @Override
    public synchronized SwitchOutcome<SteeringReport> apply(SteeringPlan plan) {
        if (!reachable) {
            return unreachable();
        }
        Map<String, Integer> ofports =
                portsOf(bridge).values().stream()
                        .collect(
                                Collectors.toMap(SwitchPort.Ready::name, SwitchPort.Ready::ofport));
        SteeringPlan.Resolved resolved = plan.resolve(ofports);
        FlowDiff diff = FlowDiff.between(resolved.flows(), entries());
        if (!diff.isEmpty()) {
            if (!refusal.isEmpty()) {
                return new SwitchOutcome.Refused<>(refusal);
            }
            install(diff);
        }
        return new SwitchOutcome.Done<>(SteeringReport.of(diff, resolved.missingPorts()));
    }

    private void install(FlowDiff diff) {
        sent.add(diff);
        long now = nowNanos.getAsLong();
        diff.deletes().forEach(flow -> table.remove(flow.key()));
        diff.adds().forEach(flow -> table.put(flow.key(), new Installed(flow, now)));
        for (Flow flow : diff.modifies()) {
            table.computeIfPresent(flow.key(), (_, old) -> new Installed(flow, old.sinceNanos()));
        }
    }

    @Override
    public synchronized SwitchOutcome<List<FlowEntry>> flows() {
        return reachable ? new SwitchOutcome.Done<>(entries()) : unreachable();
    }

    private List<FlowEntry> entries() {
        long now = nowNanos.getAsLong();
        return table.values().stream()
                .sorted(Comparator.comparing(Installed::flow, TABLE_ORDER))
                .map(installed -> {
                    long age = (now - installed.sinceNanos()) / NANOS_PER_SECOND;
                    return new FlowEntry(installed.flow(), false, 0, 0, age);
                })
                .toList();
    }

    @Override
    public synchronized SwitchOutcome<BridgeSpec> ensureBridge(BridgeSpec spec) {
        if (!reachable) {
            return unreachable();
        }
        bridges.put(spec.name(), spec);
        ports.putIfAbsent(spec.name(), new TreeMap<>());
        return new SwitchOutcome.Done<>(spec);
    }

    @Override
    public synchronized SwitchOutcome<Boolean> removeBridge(String name) {
        if (!reachable) {
            return unreachable();
        }
        ports.remove(name);
        if (name.equals(bridge)) {
            table.clear();
        }
        return new SwitchOutcome.Done<>(bridges.remove(name) != null);
    }

    @Override
    public synchronized SwitchOutcome<SwitchPort.Ready> ensurePort(String onto, PortSpec spec) {
        if (!reachable) {
            return unreachable();
        }
        if (!bridges.containsKey(onto)) {
            return new SwitchOutcome.Refused<>("no bridge " + onto);
        }
        for (var other : ports.entrySet()) {
            if (!other.getKey().equals(onto) && other.getValue().containsKey(spec.name())) {
                return new SwitchOutcome.Refused<>(
                        "port " + spec.name() + " belongs to bridge " + other.getKey());
            }
        }
        if (spec.kind() == PortSpec.Kind.SYSTEM && missingDevices.contains(spec.name())) {
            return new SwitchOutcome.Refused<>(
                    "could not open network device " + spec.name() + " (No such device)");
        }
        SwitchPort.Ready present = portsOf(onto).get(spec.name());
        int ofport =
                switch (spec.request()) {
                    case PortSpec.OfportRequest.Requested(int number) -> number;
                    case PortSpec.OfportRequest.Any() ->
                            present == null ? freeOfport(onto) : present.ofport();
                };
        SwitchPort.Ready ready = new SwitchPort.Ready(spec.name(), ofport, spec.owner());
        portsOf(onto).put(spec.name(), ready);
        return new SwitchOutcome.Done<>(ready);
    }

    private int freeOfport(String onto) {
        int ofport = nextOfport;
        Set<Integer> taken =
                portsOf(onto).values().stream()
                        .map(SwitchPort.Ready::ofport)
                        .collect(Collectors.toSet());
        while (taken.contains(ofport)) {
            ofport++;
        }
        nextOfport = ofport + 1;
        return ofport;
    }

    @Override
    public synchronized SwitchOutcome<Boolean> removePort(String from, String port) {
        return reachable
                ? new SwitchOutcome.Done<>(portsOf(from).remove(port) != null)
                : unreachable();
    }

    @Override
    public synchronized SwitchOutcome<SortedMap<String, SwitchPort>> listPorts(String of) {
        return reachable ? new SwitchOutcome.Done<>(new TreeMap<>(portsOf(of))) : unreachable();
    }

    private SortedMap<String, SwitchPort.Ready> portsOf(String name) {
        SortedMap<String, SwitchPort.Ready> found = ports.get(name);
        return found == null ? new TreeMap<>() : found;
    }

    /// Nothing to do: the flows stay, as those of a real switch do.
    @Override
    public void close() {}

    /// For a test: every change sent so far, in order.
    public synchronized List<FlowDiff> sent() {
        return List.copyOf(sent);
    }

    /// For a test: a flow of somebody else.
    public synchronized void addFlow(Flow flow) {
        table.put(flow.key(), new Installed(flow, nowNanos.getAsLong()));
    }

    /// For a test: the switch restarts and has no flows.
    public synchronized void loseFlows() {
        table.clear();
    }

    /// For a test: system devices exist unless they are named here.
    public synchronized void removeDevice(String device) {
        missingDevices.add(device);
        ports.values().forEach(byName -> byName.remove(device));
    }

    public synchronized void addDevice(String device) {
        missingDevices.remove(device);
    }

    /// For a test: every further change is refused with `error`; an empty text ends that.
    public synchronized void refuseChanges(String error) {
        refusal = error;
    }

    public synchronized void setReachable(boolean reachable) {
        this.reachable = reachable;
    }

    private static <T> SwitchOutcome<T> unreachable() {
        return new SwitchOutcome.Unreachable<>("the switch is away");
    }
}
