package org.edgeplex.cvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.Reachable;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.cvm.vpn.VpnRib;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.client.State.OnDamage;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.TableScans;
import org.edgeplex.state.record.VpnRoute;
import org.edgeplex.state.record.VpnRouteKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What core peers announce: in `vpn_routes` first, then in the VRFs' decision.
///
/// Each route carries the epoch of the session that last sent it. Older ones are stale: in use,
/// until swept.
final class AdjRibIn {
    private static final Logger LOG = LoggerFactory.getLogger(AdjRibIn.class);

    private final StateWriter writer;
    private final VpnRib rib;
    private final Map<Ipv4Address, Map<VpnRouteKey, Long>> epochs = new TreeMap<>();

    AdjRibIn(TableScans scans, StateWriter writer, VpnRib rib) {
        this.writer = writer;
        this.rib = rib;
        for (Stored<VpnRouteKey, VpnRoute> each : scans.take(Tables.VPN_ROUTES, OnDamage.SKIP)) {
            load(each.key(), each.value());
        }
    }

    private void load(VpnRouteKey key, VpnRoute route) {
        try {
            PathAttributes attributes = PathAttributes.decode(route.attributes().toArray());
            rib.putRemote(key, route.nextHop(), route.label(), attributes);
            of(key.peer()).put(key, route.sessionEpoch());
        } catch (IllegalArgumentException e) {
            LOG.error("dropping stored route {}: {}", key, e.getMessage());
            writer.remove(Tables.VPN_ROUTES, key);
        }
    }

    private Map<VpnRouteKey, Long> of(Ipv4Address peer) {
        return epochs.computeIfAbsent(peer, _ -> new HashMap<>());
    }

    Set<Ipv4Address> peers() {
        return Set.copyOf(epochs.keySet());
    }

    int count(Ipv4Address peer) {
        return of(peer).size();
    }

    void apply(Ipv4Address peer, long epoch, List<RouteUpdate> updates) {
        List<Write> writes = new ArrayList<>();
        for (RouteUpdate update : updates) {
            if (update.family().equals(AddressFamily.VPN_IPV4)) {
                collect(peer, epoch, update, writes);
            }
        }
        writer.writeAll(writes); // the store first
        updates.forEach(update -> remember(peer, epoch, update));
    }

    private void collect(Ipv4Address peer, long epoch, RouteUpdate update, List<Write> writes) {
        switch (update) {
            case RouteUpdate.Announced announced -> {
                Bytes attributes = Bytes.wrap(announced.attributes().encode());
                for (Reachable each : announced.routes()) {
                    if (each instanceof Reachable.Labeled(Nlri.VpnIpv4 nlri, var label)) {
                        VpnRoute route =
                                new VpnRoute(announced.nextHop(), label, epoch, attributes);
                        writes.add(writer.toPut(Tables.VPN_ROUTES, key(peer, nlri), route));
                    }
                }
            }
            case RouteUpdate.Withdrawn withdrawn -> {
                for (Nlri each : withdrawn.routes()) {
                    if (each instanceof Nlri.VpnIpv4 nlri) {
                        writes.add(writer.toRemove(Tables.VPN_ROUTES, key(peer, nlri)));
                    }
                }
            }
        }
    }

    private void remember(Ipv4Address peer, long epoch, RouteUpdate update) {
        switch (update) {
            case RouteUpdate.Announced announced -> {
                for (Reachable each : announced.routes()) {
                    if (each instanceof Reachable.Labeled(Nlri.VpnIpv4 nlri, var label)) {
                        VpnRouteKey key = key(peer, nlri);
                        rib.putRemote(key, announced.nextHop(), label, announced.attributes());
                        of(peer).put(key, epoch);
                    }
                }
            }
            case RouteUpdate.Withdrawn withdrawn -> {
                for (Nlri each : withdrawn.routes()) {
                    if (each instanceof Nlri.VpnIpv4 nlri) {
                        rib.removeRemote(key(peer, nlri));
                        of(peer).remove(key(peer, nlri));
                    }
                }
            }
        }
    }

    private static VpnRouteKey key(Ipv4Address peer, Nlri.VpnIpv4 nlri) {
        return new VpnRouteKey(peer, nlri.routeDistinguisher(), nlri.prefix());
    }

    /// Drops the routes of sessions from `firstEpoch` up to and without `endEpoch`.
    void sweep(Ipv4Address peer, long firstEpoch, long endEpoch) {
        List<VpnRouteKey> gone = new ArrayList<>();
        of(peer).forEach((key, epoch) -> {
            if (epoch >= firstEpoch && epoch < endEpoch) {
                gone.add(key);
            }
        });
        if (gone.isEmpty()) {
            return;
        }
        LOG.info("dropping {} routes of {}", gone.size(), peer);
        writer.writeAll(gone.stream().map(key -> writer.toRemove(Tables.VPN_ROUTES, key)).toList());
        gone.forEach(key -> {
            rib.removeRemote(key);
            of(peer).remove(key);
        });
    }
}
