package org.edgeplex.lab.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.Namespace;
import org.edgeplex.lab.topology.Endpoint;
import org.edgeplex.lab.topology.Link;
import org.edgeplex.lab.topology.Node;
import org.edgeplex.lab.topology.Topology;

/// The nodes of a lab on this machine, by name.
public final class LabNodes {
    private static final Path KERNEL_MPLS = Path.of("/proc/sys/net/mpls");

    private final Topology topology;
    private final LabStore store;
    private final Map<String, RunningNode> nodes = new LinkedHashMap<>();

    public LabNodes(Machine machine, Topology topology, LabStore store) {
        this.topology = topology;
        this.store = store;
        boolean kernelMpls = Files.isDirectory(KERNEL_MPLS);
        int peCount = 0;
        for (Node node : topology.nodes().values()) {
            RunningNode running =
                    switch (node) {
                        case Node.EdgePlexPe pe ->
                                new ProviderEdgeNode(machine, pe, peCount++, store);
                        case Node.Frr frr when frr.mpls() && !kernelMpls ->
                                new LabelSwitchNode(machine, frr, topology);
                        case Node.Frr _, Node.Bird _, Node.Gobgp _, Node.Linux _ ->
                                new ServerNode(machine, node);
                    };
            nodes.put(node.name(), running);
        }
    }

    /// Where the PEs keep their state.
    public LabStore store() {
        return store;
    }

    public Topology topology() {
        return topology;
    }

    public List<RunningNode> all() {
        return List.copyOf(nodes.values());
    }

    public List<ProviderEdgeNode> providerEdges() {
        return all().stream()
                .filter(ProviderEdgeNode.class::isInstance)
                .map(ProviderEdgeNode.class::cast)
                .toList();
    }

    public ProviderEdgeNode providerEdge(String name) {
        if (get(name) instanceof ProviderEdgeNode pe) {
            return pe;
        }
        throw new IllegalArgumentException(name + " is not an edgeplex-pe");
    }

    /// Nodes of one kind that are a namespace each.
    public List<ServerNode> servers(Class<? extends Node> kind) {
        return all().stream()
                .filter(ServerNode.class::isInstance)
                .map(ServerNode.class::cast)
                .filter(server -> kind.isInstance(server.node()))
                .toList();
    }

    /// The FRRs of the P routers, whoever forwards their labels.
    public List<Frr> labelRouters() {
        return all().stream()
                .flatMap(node ->
                        switch (node) {
                            case LabelSwitchNode p -> Stream.of(p.frr());
                            case ServerNode p when p.node() instanceof Node.Frr frr && frr.mpls() ->
                                    Stream.of(p.frr());
                            case ServerNode _, ProviderEdgeNode _ -> Stream.empty();
                        })
                .toList();
    }

    public RunningNode get(String name) {
        RunningNode node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException(
                    "there is no node \""
                            + name
                            + "\"; there are "
                            + String.join(", ", nodes.keySet()));
        }
        return node;
    }

    /// Where frames of a node's port can be seen as they are on the wire.
    public Place place(String node, String port) {
        RunningNode running = get(node);
        List<String> ports = topology.ports(node).map(Endpoint::port).toList();
        if (!ports.contains(port)) {
            throw new IllegalArgumentException(
                    node + " has no port \"" + port + "\"; it has " + String.join(", ", ports));
        }
        return running.port(port);
    }

    /// The node's ports and what each is wired to: `eth0=pe1:red1`.
    public List<String> wiring(String node) {
        return topology.ports(node)
                .map(end -> end.port() + "=" + topology.neighbour(node, end.port()))
                .toList();
    }

    /// Lays a cable of the topology.
    public void connect(Link link) {
        Place a = get(link.a().node()).port(link.a().port());
        Place b = get(link.b().node()).port(link.b().port());
        Namespace.cable(a.namespace(), a.device(), b.namespace(), b.device(), link.mtuBytes());
    }
}
