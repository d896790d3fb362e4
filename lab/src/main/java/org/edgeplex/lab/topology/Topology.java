package org.edgeplex.lab.topology;

import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// A topology that is right: every name resolves, every port is wired once.
///
/// @param directory where the files it names are
public record Topology(
        String name,
        Path directory,
        SequencedMap<String, Node> nodes,
        List<Link> links,
        List<VpnService> vpnServices) {

    public <N extends Node> List<N> nodes(Class<N> kind) {
        return nodes.values().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public Node.EdgePlexPe providerEdge(String name) {
        return nodes(Node.EdgePlexPe.class).stream()
                .filter(pe -> pe.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is not an edgeplex-pe"));
    }

    /// The ends of cables at this node, in the order of the file.
    public Stream<Endpoint> ports(String node) {
        return links.stream().flatMap(link -> link.endAt(node).stream());
    }

    public List<VpnService> vpnServices(VpnService.Ordered ordered) {
        return vpnServices.stream().filter(service -> service.ordered() == ordered).toList();
    }

    /// What the node's port is wired to.
    public Endpoint neighbour(String node, String port) {
        Endpoint end = new Endpoint(node, port);
        return links.stream()
                .filter(link -> link.a().equals(end) || link.b().equals(end))
                .map(link -> link.otherEnd(end))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing is wired to " + end));
    }
}
