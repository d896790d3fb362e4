package org.edgeplex.lab.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.Namespace;
import org.edgeplex.lab.topology.Endpoint;
import org.edgeplex.lab.topology.Node;
import org.edgeplex.lab.topology.Topology;

/// An FRR router that forwards labels with an Open vSwitch, where the kernel has no MPLS.
///
/// ```
///   cable --- port [ switch ] rport --- port [ FRR, kernel ]
/// ```
///
/// The switch, in a namespace of its own, hands everything between a cable and the router's
/// interface of the same name, except what carries a label that the router's LDP bound: that takes
/// the label table ([LabelFlows]) and never reaches the router.
public final class LabelSwitchNode implements RunningNode {
    static final String BRIDGE = "mpls";
    private static final String ROUTER_SIDE = "r";

    private final Machine machine;
    private final Node.Frr node;
    private final List<Endpoint> ports;
    private final int mtuBytes;
    private final Namespace router;
    private final Namespace switching;
    private final Path home;

    LabelSwitchNode(Machine machine, Node.Frr node, Topology topology) {
        this.machine = machine;
        this.node = node;
        this.ports = topology.ports(node.name()).toList();
        this.mtuBytes =
                topology.links().stream()
                        .filter(link -> link.endAt(node.name()).isPresent())
                        .mapToInt(link -> link.mtuBytes())
                        .max()
                        .orElse(0);
        this.router = machine.namespace(node.name());
        this.switching = machine.namespace(node.name() + "-sw");
        this.home = machine.directory().resolve(node.name());
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public void create() {
        machine.makeNamespace(node.name());
        machine.makeNamespace(node.name() + "-sw");
        machine.directory().directory(node.name());
        for (Endpoint port : ports) {
            Namespace.cable(switching, ROUTER_SIDE + port.port(), router, port.port(), mtuBytes);
        }
    }

    @Override
    public Place port(String port) {
        return new Place(switching, port);
    }

    @Override
    public void start() {
        for (String command : node.exec()) {
            router.run("sh", "-c", command);
        }
        startSwitch();
        frr().start(node.startupConfig(), node.daemons());
        startAdapter();
    }

    @Override
    public List<String> inside(List<String> command) {
        return frr().inside(command);
    }

    public Frr frr() {
        return new Frr(machine, router, home.resolve("frr"));
    }

    public OpenVSwitch openVSwitch() {
        return new OpenVSwitch(machine, switching, home.resolve("ovs"));
    }

    Namespace router() {
        return router;
    }

    private void startSwitch() {
        OpenVSwitch ovs = openVSwitch();
        ovs.start();
        List<String> bridge =
                new ArrayList<>(
                        List.of(
                                "add-br",
                                BRIDGE,
                                "--",
                                "set",
                                "bridge",
                                BRIDGE,
                                "datapath_type=netdev",
                                "fail_mode=secure",
                                "protocols=OpenFlow10,OpenFlow13,OpenFlow14"));
        List<String> flows = new ArrayList<>();
        for (Endpoint port : ports) {
            String wire = port.port();
            String inner = ROUTER_SIDE + wire;
            bridge.addAll(List.of("--", "add-port", BRIDGE, wire));
            bridge.addAll(List.of("--", "add-port", BRIDGE, inner));
            flows.add("add priority=10,in_port=" + wire + ",actions=output:" + inner);
            flows.add("add priority=10,in_port=" + inner + ",actions=output:" + wire);
        }
        ovs.vsctl(bridge.toArray(String[]::new));
        ovs.changeFlows(BRIDGE, flows);
    }

    /// The adapter outlives the runner (`--keep`), so it is a process of its own.
    private void startAdapter() {
        machine.startProgram(
                "label flows of " + node.name(),
                home.resolve("label-flows.log"),
                Java.command(
                        24,
                        LabelFlowAdapter.class.getName(),
                        machine.directory().lab(),
                        node.name()));
    }
}
