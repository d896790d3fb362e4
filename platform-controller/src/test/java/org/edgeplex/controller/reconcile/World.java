package org.edgeplex.controller.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.edgeplex.controller.compute.ComputeHost;
import org.edgeplex.controller.compute.RunningProgram;
import org.edgeplex.controller.compute.fake.FakeMachine;
import org.edgeplex.controller.event.EventLog;
import org.edgeplex.controller.health.HealthTiming;
import org.edgeplex.controller.intent.AccessId;
import org.edgeplex.controller.intent.AccessRouting;
import org.edgeplex.controller.intent.IntentStore;
import org.edgeplex.controller.intent.NodeId;
import org.edgeplex.controller.intent.PeSite;
import org.edgeplex.controller.intent.VpnNetworkAccess;
import org.edgeplex.controller.intent.VpnNode;
import org.edgeplex.controller.intent.VpnService;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;
import org.edgeplex.openflow.BridgeSpec;
import org.edgeplex.openflow.RecordingSwitch;
import org.edgeplex.openflow.SwitchDatabase;
import org.edgeplex.openflow.SwitchSteering;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.memory.MemoryStateStore;
import org.edgeplex.state.record.Instance;
import org.edgeplex.state.record.ProviderEdge;

/// A PE in memory on a manual clock: store, switch, machines and their programs, which outlive the
/// controller; and one life of a controller after another.
final class World {
    static final Duration TICK = Duration.ofMillis(100);
    static final NodeId RED_PE1 = new NodeId("red", "pe1");
    static final ProviderEdge PE1 =
            new ProviderEdge(
                    "pe1",
                    Ipv4Address.parse("192.0.2.1"),
                    new AsNumber(65000),
                    "core0",
                    MacAddress.parse("02:00:00:00:00:01"),
                    1600,
                    List.of(Ipv4Address.parse("192.0.2.9")),
                    new MplsLabel(1000),
                    new MplsLabel(1999));
    static final PlatformSpec PLATFORM =
            new PlatformSpec(
                    PE1,
                    true,
                    new VlanRange(101, 110),
                    new SwitchWiring.Bridge("core", "cvm"),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4));

    final MemoryStateStore store = new MemoryStateStore();
    final State state = new State(store, Duration.ofSeconds(1));
    final List<FakeMachine> machines =
            List.of(new FakeMachine("cvm"), new FakeMachine("h1"), new FakeMachine("h2"));
    final FakeVms vms = new FakeVms(state, machines);
    final RecordingSwitch bridge = new RecordingSwitch("edge", this::nowNanos);
    private long nowNanos;

    /// One life of the controller.
    final class Life {
        final IntentStore intents;
        final EventLog events;
        final Reconciler reconciler;
        final StateWriter writer;
        final StatusBoard board = new StatusBoard();

        Life(Crasher crasher) {
            StateStore seen = crasher.wrap(StateStore.class, new StandInRule(store));
            State state = new State(seen, Duration.ofSeconds(1));
            writer = state.as(new Leases(state).claim("controller", "life"));
            events = new EventLog(state, writer, () -> nowNanos / 1_000_000);
            intents = new IntentStore(state, writer, events, site(), () -> {});
            List<ComputeHost> hosts = new ArrayList<>();
            machines.forEach(
                    machine -> hosts.add(crasher.wrap(ComputeHost.class, machine.connect())));
            reconciler =
                    new Reconciler(
                            new ReconcilerParts(
                                    PLATFORM,
                                    state,
                                    writer,
                                    intents,
                                    events,
                                    new Hosts(hosts),
                                    new SwitchLink.Bridge(
                                            new BridgeSpec("edge", 1),
                                            crasher.wrap(SwitchDatabase.class, bridge),
                                            crasher.wrap(SwitchSteering.class, bridge)),
                                    HealthTiming.DEFAULT,
                                    board,
                                    new Signal(),
                                    World.this::nowNanos));
        }

        /// The phase of an access of red at pe1; empty when there is none.
        String phase(String access) {
            return board.access(new AccessId(RED_PE1, access))
                    .map(status -> status.phase().name())
                    .orElse("");
        }

        List<String> told(String subject) {
            return events.since(0, 10_000).stream()
                    .filter(logged -> logged.event().subject().equals(subject))
                    .map(logged -> logged.event().phase())
                    .toList();
        }
    }

    World() {
        bridge.ensureBridge(new BridgeSpec("edge", 1));
    }

    Life controller() {
        return new Life(Crasher.never());
    }

    long nowNanos() {
        return nowNanos;
    }

    /// A tenth of a second: the programs do their work, then the controller.
    void tick(Life life) {
        vms.tick();
        new Leases(state).heartbeat(life.writer.incarnation());
        stalledTick(life);
    }

    /// A tenth of a second in which the store takes no writes: nobody's heart is heard.
    void stalledTick(Life life) {
        nowNanos += TICK.toNanos();
        life.reconciler.settle();
    }

    void ticks(Life life, int count) {
        for (int i = 0; i < count; i++) {
            tick(life);
        }
    }

    FakeMachine machineOf(String holder) {
        return machines.stream()
                .filter(machine ->
                        machine.running().stream().anyMatch(p -> p.holder().equals(holder)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(holder + " does not run"));
    }

    void createRed(IntentStore intents) {
        intents.create(new VpnService("red", "Red Ltd"));
        intents.create("red", redNode());
    }

    static VpnNode redNode() {
        return new VpnNode(
                "pe1",
                RouteDistinguisher.parse("65000:1"),
                List.of(RouteTarget.parse("65000:1")),
                List.of(RouteTarget.parse("65000:1")));
    }

    /// An access on the port `ce-N`, with the subnet 172.16.N.0/30.
    static VpnNetworkAccess access(int n) {
        return new VpnNetworkAccess(
                "red-" + n,
                "ce-" + n,
                new VpnNetworkAccess.Ipv4Link(Ipv4Address.parse("172.16." + n + ".1"), 30),
                1500,
                new AccessRouting.Bgp(
                        new AsNumber(65101), Ipv4Address.parse("172.16." + n + ".2"), 9, 100));
    }

    private static PeSite site() {
        return new PeSite() {
            @Override
            public ProviderEdge self() {
                return PE1;
            }

            @Override
            public Optional<String> whyNotPort(String port) {
                return Optional.empty();
            }

            @Override
            public Optional<String> whyNoCompute() {
                return Optional.empty();
            }
        };
    }

    /// All that matters of the world, as text: what two histories are compared by. Processes and
    /// epochs have other numbers each time.
    String dump() {
        StringBuilder text = new StringBuilder();
        Consumer<Object> line = value -> text.append(value).append('\n');
        for (Table<?, ?> table : Tables.all()) {
            if (!List.of("events", "instances", "leases").contains(table.toString())) {
                line.accept(table + " " + records(table));
            }
        }
        for (var instance : state.scan(Tables.INSTANCES)) {
            Instance record = instance.value();
            line.accept(
                    instance.key()
                            + " "
                            + record.phase()
                            + " "
                            + record.host()
                            + " "
                            + record.programs().stream().map(Instance.Program::holder).toList());
        }
        line.accept("leases " + state.scan(Tables.LEASES).stream().map(l -> l.key()).toList());
        for (FakeMachine machine : machines) {
            line.accept(
                    machine.running().stream().map(RunningProgram::holder).sorted().toList()
                            + " "
                            + machine.networks());
        }
        line.accept(bridge.listPorts("edge").map(ports -> ports.keySet()));
        Stream.of(bridge.flows()).forEach(flows -> line.accept(flows.map(World::flows)));
        return text.toString();
    }

    private static List<String> flows(List<org.edgeplex.openflow.FlowEntry> entries) {
        return entries.stream().map(entry -> entry.flow().toString()).collect(Collectors.toList());
    }

    private <K, V> String records(Table<K, V> table) {
        return state.scan(table).stream()
                .map(stored -> stored.key() + "=" + stored.value())
                .toList()
                .toString();
    }
}
