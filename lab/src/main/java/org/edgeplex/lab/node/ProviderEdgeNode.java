package org.edgeplex.lab.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.Namespace;
import org.edgeplex.lab.order.ControllerApi;
import org.edgeplex.lab.topology.Node;
import org.edgeplex.net.MacAddress;

/// A PE of ours on the machine: what its site has, before and beside our own programs.
///
/// ```
///   accesses --- [ NAME-sw: Open vSwitch ] --- core0 (wire to the P)
///                  |           |       cvm0 --- core0 [ NAME-cvm: FRR ospfd, the CVM ]
///                [ NAME-h1 ] [ NAME-h2 ]   hosts: the controller places PVMs there
/// ```
///
/// The controller itself runs in the machine's own namespace, on 127.0.0.1.
public final class ProviderEdgeNode implements RunningNode {
    public static final String BRIDGE = "edge";
    static final String CVM_PORT = "cvm0";

    private final Machine machine;
    private final Node.EdgePlexPe node;
    private final int index;
    private final LabStore store;
    private final Path home;

    /// @param index counts the PEs of the lab from 0
    ProviderEdgeNode(Machine machine, Node.EdgePlexPe node, int index, LabStore store) {
        this.machine = machine;
        this.node = node;
        this.index = index;
        this.store = store;
        this.home = machine.directory().resolve(node.name());
    }

    @Override
    public String name() {
        return node.name();
    }

    public Node.EdgePlexPe node() {
        return node;
    }

    @Override
    public void create() {
        machine.directory().directory(node.name());
        Namespace switching = machine.makeNamespace(node.name() + "-sw");
        Namespace cvm = machine.makeNamespace(node.name() + "-cvm");
        node.hosts().forEach(host -> machine.makeNamespace(node.name() + "-" + host));
        Namespace.cable(switching, CVM_PORT, cvm, node.corePort(), node.coreMtuBytes());
        machine.commands()
                .run(
                        "ip",
                        "-n",
                        cvm.name(),
                        "link",
                        "set",
                        node.corePort(),
                        "address",
                        coreMac().toString());
    }

    @Override
    public Place port(String port) {
        return new Place(switchNamespace(), port);
    }

    @Override
    public void start() {
        openVSwitch().start();
        for (String command : node.exec()) {
            cvmNamespace().run("sh", "-c", command);
        }
        igp().start(node.startupConfig(), List.of("zebra", "ospfd"));
    }

    /// An operator's shell on a PE is in the CVM's namespace, where the core's addresses are.
    @Override
    public List<String> inside(List<String> command) {
        return igp().inside(command);
    }

    public Frr igp() {
        return new Frr(machine, cvmNamespace(), home.resolve("frr"));
    }

    public OpenVSwitch openVSwitch() {
        return new OpenVSwitch(machine, switchNamespace(), home.resolve("ovs"));
    }

    public Namespace switchNamespace() {
        return machine.namespace(node.name() + "-sw");
    }

    public Namespace cvmNamespace() {
        return machine.namespace(node.name() + "-cvm");
    }

    public List<Namespace> namespaces() {
        return Stream.concat(Stream.of("sw", "cvm"), node.hosts().stream())
                .map(part -> machine.namespace(node.name() + "-" + part))
                .toList();
    }

    public String storeLocation() {
        return store.location(machine.directory(), node.name(), home);
    }

    public ControllerApi api(Consumer<String> teller) {
        return controller().api(teller);
    }

    public void startController() {
        controller().start();
    }

    /// How to start the controller again, if it does not run.
    public Optional<String> controllerCommand() {
        return controller().startCommand();
    }

    public void killController() {
        controller().kill();
    }

    private ControllerProcess controller() {
        return new ControllerProcess(machine, this, home);
    }

    /// Locally administered, the same in each run.
    MacAddress coreMac() {
        return MacAddress.parse("02:ed:6e:00:00:%02x".formatted(index + 1));
    }
}
