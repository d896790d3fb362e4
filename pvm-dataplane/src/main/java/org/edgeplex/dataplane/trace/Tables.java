package org.edgeplex.dataplane.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.edgeplex.dataplane.forward.Adjacency;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;

/// What was put into the forwarder's tables, to name what it finds there.
final class Tables {
    private final Map<Ipv4Prefix, Integer> routes = new TreeMap<>();
    private final Map<Integer, Adjacency> adjacencies = new HashMap<>();
    private Optional<MplsLabel> vpnLabel = Optional.empty();

    Tables(List<ForwardingUpdate> updates) {
        updates.forEach(this::apply);
    }

    private void apply(ForwardingUpdate update) {
        switch (update) {
            case ForwardingUpdate.PutRoute(Ipv4Prefix prefix, int adjacency) ->
                    routes.put(prefix, adjacency);
            case ForwardingUpdate.RemoveRoute(Ipv4Prefix prefix) -> routes.remove(prefix);
            case ForwardingUpdate.PutAdjacency(int index, Adjacency adjacency) ->
                    adjacencies.put(index, adjacency);
            case ForwardingUpdate.BindVpnLabel(MplsLabel label) -> vpnLabel = Optional.of(label);
            default -> {} // nothing that a step names
        }
    }

    /// The label by which the core addresses the access.
    Optional<MplsLabel> vpnLabel() {
        return vpnLabel;
    }

    /// Which route an answer of the lookup came from: the longest one that was put and holds the
    /// destination, if it leads there.
    String route(Ipv4Address destination, int found) {
        Optional<Ipv4Prefix> longest =
                routes.keySet().stream()
                        .filter(prefix -> prefix.contains(destination))
                        .max((one, other) -> Integer.compare(one.length(), other.length()));
        int expected = longest.map(routes::get).orElse(-1);
        if (found < 0 && longest.isEmpty()) {
            return destination + ": no route";
        }
        String table =
                longest.filter(prefix -> prefix.length() == Ipv4Prefix.LENGTH_MAX).isPresent()
                        ? "host routes"
                        : "prefixes";
        String text =
                destination
                        + " in "
                        + longest.map(Ipv4Prefix::toString).orElse("no prefix")
                        + " ("
                        + table
                        + "): adjacency "
                        + found;
        return found == expected ? text : text + ", but " + expected + " was put there: a bug";
    }

    /// An adjacency in words.
    String adjacency(int index) {
        Adjacency adjacency = adjacencies.get(index);
        return switch (adjacency) {
            case null -> "unknown";
            case Adjacency.Labelled labelled ->
                    "to the core, labels "
                            + stack(labelled.labels())
                            + ", to "
                            + labelled.destination();
            case Adjacency.Popped popped ->
                    "to the core without a label, to " + popped.destination();
            case Adjacency.Connected() -> "the connected subnet";
            case Adjacency.Via(Ipv4Address nextHop) -> "behind " + nextHop;
            case Adjacency.ViaIpv6 via -> "behind " + via.nextHop();
            case Adjacency.Unreachable() -> "unreachable: no label switched path";
        };
    }

    String labels(int index) {
        return adjacencies.get(index) instanceof Adjacency.Labelled labelled
                ? stack(labelled.labels())
                : "none";
    }

    private static String stack(List<MplsLabel> labels) {
        return String.join("/", labels.stream().map(label -> "" + label.value()).toList());
    }
}
