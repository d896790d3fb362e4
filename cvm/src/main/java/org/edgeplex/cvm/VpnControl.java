package org.edgeplex.cvm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.cvm.label.LabelAllocator;
import org.edgeplex.cvm.vpn.VpnChanges;
import org.edgeplex.cvm.vpn.VpnRib;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.client.State.OnDamage;
import org.edgeplex.state.client.StateFeed;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.TableScans;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRouteKey;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.state.record.Vrf;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps labels, `vrf_routes` and what the core is told in line with attachments, VRFs and routes.
final class VpnControl implements StateFeed.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(VpnControl.class);

    private final StateWriter writer;
    private final LabelAllocator labels;
    private final VpnRib rib;

    /// Active attachments and their VRFs.
    private final Map<Integer, Integer> active = new TreeMap<>();

    /// Attachments whose label goes once the peers know.
    private final Set<Integer> releasing = new TreeSet<>();

    private Set<Ipv4Address> reachable = Set.of();

    VpnControl(TableScans scans, StateWriter writer, LabelAllocator labels, VpnRib rib) {
        this.writer = writer;
        this.labels = labels;
        this.rib = rib;
        for (Stored<VrfRouteKey, VrfRoute> each : scans.take(Tables.VRF_ROUTES, OnDamage.SKIP)) {
            rib.loadInstalled(each.key(), each.value());
        }
    }

    /// All records were reported once: what no record speaks for any more can go.
    void inStep() {
        labels.retain(active.keySet());
    }

    @Override
    public <K, V> void present(Table<K, V> table, Stored<K, V> record) {
        switch ((Object) record.value()) {
            case Vrf vrf -> rib.putVrf((Integer) record.key(), vrf);
            case Attachment attachment -> attachment((Integer) record.key(), attachment);
            case CustomerRoute route -> offer((CustomerRouteKey) record.key(), route);
            default -> throw new IllegalStateException("not followed: " + table);
        }
    }

    @Override
    public <K, V> void absent(Table<K, V> table, K key) {
        switch ((Object) key) {
            case CustomerRouteKey route ->
                    rib.removeOffer(route.attachmentNumber(), route.prefix());
            case Integer number when table.id().equals(Tables.VRFS.id()) -> rib.removeVrf(number);
            case Integer attachment when table.id().equals(Tables.ATTACHMENTS.id()) ->
                    withdraw(attachment);
            default -> throw new IllegalStateException("not followed: " + table);
        }
    }

    private void attachment(int number, Attachment attachment) {
        if (attachment.lifecycle() == Lifecycle.WITHDRAWING) {
            withdraw(number);
            return;
        }
        releasing.remove(number);
        active.put(number, attachment.vrfNumber());
        addSite(number);
    }

    private void addSite(int attachment) {
        Optional<MplsLabel> label = labels.bind(attachment);
        label.ifPresent(it -> rib.putSite(attachment, active.getOrDefault(attachment, 0), it));
    }

    private void withdraw(int attachment) {
        active.remove(attachment);
        rib.removeSite(attachment);
        releasing.add(attachment);
    }

    private void offer(CustomerRouteKey key, CustomerRoute route) {
        try {
            PathAttributes attributes = PathAttributes.decode(route.attributes().toArray());
            rib.putOffer(key.attachmentNumber(), key.prefix(), route, attributes);
        } catch (IllegalArgumentException e) {
            LOG.error("route {} of a customer is unusable: {}", key, e.getMessage());
            rib.removeOffer(key.attachmentNumber(), key.prefix());
        }
    }

    Set<Ipv4Address> nextHops() {
        return rib.nextHops();
    }

    void setReachable(Set<Ipv4Address> now) {
        Set<Ipv4Address> either = new HashSet<>(reachable);
        either.addAll(now);
        either.forEach(nextHop -> rib.setReachable(nextHop, now.contains(nextHop)));
        reachable = Set.copyOf(now);
    }

    /// Decides what is open: store, then peers, then labels that nobody knows any more.
    void flush(CorePeers peers) {
        VpnChanges changes = rib.recompute();
        if (!changes.isEmpty()) {
            List<Write> writes = new ArrayList<>();
            changes.routesPut()
                    .forEach((key, route) ->
                            writes.add(writer.toPut(Tables.VRF_ROUTES, key, route)));
            for (VrfRouteKey key : changes.routesRemoved()) {
                writes.add(writer.toRemove(Tables.VRF_ROUTES, key));
            }
            writer.writeAll(writes);
            peers.withdraw(changes.withdrawn());
            peers.announce(changes.announced());
        }
        if (!releasing.isEmpty()) {
            releasing.forEach(labels::release);
            releasing.clear();
            active.keySet().forEach(this::addSite); // one may have waited for a label
        }
    }
}
