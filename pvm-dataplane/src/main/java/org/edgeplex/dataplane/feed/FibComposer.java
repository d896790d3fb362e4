package org.edgeplex.dataplane.feed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.dataplane.forward.Adjacency;
import org.edgeplex.dataplane.forward.ForwardingUpdate;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.record.TransportLsp;
import org.edgeplex.state.record.VrfRoute;

/// Translates the records of one access into updates of its forwarding tables.
///
/// Records come in any order and more than once. Invariants: a route is installed after its
/// adjacency; the connected subnet is always installed and nothing else takes its prefix; a route
/// whose LSP is missing stays installed and unreachable, so that no shorter one attracts its
/// traffic.
public final class FibComposer {
    private static final Hop CONNECTED = new Hop.Connected();

    private final int attachmentNumber;
    private final Consumer<ForwardingUpdate> updates;
    private final Map<Ipv4Prefix, VrfRoute> routes = new HashMap<>();
    private final Map<Ipv4Prefix, TransportLsp> lsps = new HashMap<>();
    private final Map<Ipv4Prefix, Hop> installed = new HashMap<>();
    private final HopTable hops = new HopTable();
    private Access access;
    private List<MplsLabel> vpnLabel = List.of();

    /// Begins with the connected subnet.
    ///
    /// @param access as the forwarder was made with
    public FibComposer(int attachmentNumber, Access access, Consumer<ForwardingUpdate> updates) {
        this.attachmentNumber = attachmentNumber;
        this.access = access;
        this.updates = updates;
        install(access.subnet(), CONNECTED);
    }

    /// How many routes are installed, the connected one included.
    public int routeCount() {
        return installed.size();
    }

    public void accessPresent(Access now) {
        if (now.equals(access)) {
            return;
        }
        Ipv4Prefix before = access.subnet();
        access = now;
        updates.accept(new ForwardingUpdate.SetAccess(now));
        if (!before.equals(now.subnet())) {
            settle(before);
            settle(now.subnet());
        }
        refreshAdjacencies();
    }

    public void labelPresent(MplsLabel label) {
        if (!vpnLabel.equals(List.of(label))) {
            labelAbsent();
            vpnLabel = List.of(label);
            updates.accept(new ForwardingUpdate.BindVpnLabel(label));
        }
    }

    public void labelAbsent() {
        vpnLabel.forEach(label -> updates.accept(new ForwardingUpdate.UnbindLabel(label)));
        vpnLabel = List.of();
    }

    /// A route of this access's VRF.
    public void routePresent(Ipv4Prefix prefix, VrfRoute route) {
        routes.put(prefix, route);
        settle(prefix);
    }

    public void routeAbsent(Ipv4Prefix prefix) {
        routes.remove(prefix);
        settle(prefix);
    }

    public void lspPresent(Ipv4Prefix fec, TransportLsp lsp) {
        if (!lsp.equals(lsps.put(fec, lsp))) {
            refreshAdjacenciesOf(fec);
        }
    }

    public void lspAbsent(Ipv4Prefix fec) {
        if (lsps.remove(fec) != null) {
            refreshAdjacenciesOf(fec);
        }
    }

    /// Installs or removes whatever the prefix deserves now.
    private void settle(Ipv4Prefix prefix) {
        VrfRoute route = routes.get(prefix);
        if (prefix.equals(access.subnet())) {
            install(prefix, CONNECTED);
        } else if (route != null) {
            install(prefix, hop(route));
        } else {
            uninstall(prefix);
        }
    }

    private Hop hop(VrfRoute route) {
        return switch (route) {
            case VrfRoute.Remote remote -> new Hop.BehindPe(remote.peLoopback(), remote.vpnLabel());
            case VrfRoute.Local local ->
                    local.attachmentNumber() == attachmentNumber
                            ? new Hop.BehindCe(local.nextHop())
                            : new Hop.NextDoor(local.vpnLabel());
        };
    }

    private void install(Ipv4Prefix prefix, Hop hop) {
        Hop before = installed.put(prefix, hop);
        if (hop.equals(before)) {
            return;
        }
        boolean isNew = !hops.contains(hop);
        int index = hops.take(hop);
        if (isNew) {
            updates.accept(new ForwardingUpdate.PutAdjacency(index, adjacency(hop)));
        }
        updates.accept(new ForwardingUpdate.PutRoute(prefix, index));
        if (before != null) {
            hops.giveBack(before);
        }
    }

    private void uninstall(Ipv4Prefix prefix) {
        Hop before = installed.remove(prefix);
        if (before != null) {
            updates.accept(new ForwardingUpdate.RemoveRoute(prefix));
            hops.giveBack(before);
        }
    }

    private void refreshAdjacencies() {
        hops.indexes()
                .forEach((hop, index) ->
                        updates.accept(new ForwardingUpdate.PutAdjacency(index, adjacency(hop))));
    }

    private void refreshAdjacenciesOf(Ipv4Prefix fec) {
        hops.indexes()
                .forEach((hop, index) -> {
                    if (hop instanceof Hop.BehindPe(Ipv4Address loopback, _)
                            && fec.equals(Ipv4Prefix.host(loopback))) {
                        updates.accept(new ForwardingUpdate.PutAdjacency(index, adjacency(hop)));
                    }
                });
    }

    private Adjacency adjacency(Hop hop) {
        return switch (hop) {
            case Hop.Connected() -> new Adjacency.Connected();
            case Hop.BehindCe(Ipv4Address nextHop) -> new Adjacency.Via(nextHop);
            case Hop.NextDoor(MplsLabel label) -> {
                MacAddress coreMac = new MacAddress(access.coreMac());
                yield Adjacency.Labelled.of(coreMac, coreMac, label);
            }
            case Hop.BehindPe(Ipv4Address loopback, MplsLabel label) -> {
                TransportLsp lsp = lsps.get(Ipv4Prefix.host(loopback));
                yield lsp == null ? new Adjacency.Unreachable() : labelled(lsp, label);
            }
        };
    }

    private static Adjacency labelled(TransportLsp lsp, MplsLabel vpnLabel) {
        List<MplsLabel> labels =
                Stream.concat(lsp.labels().stream(), Stream.of(vpnLabel))
                        .filter(label -> !label.equals(MplsLabel.IMPLICIT_NULL))
                        .toList();
        return labels.size() > Adjacency.Labelled.LABELS_MAX
                ? new Adjacency.Unreachable()
                : new Adjacency.Labelled(lsp.nextHopMac(), lsp.sourceMac(), labels);
    }
}
