package org.edgeplex.bgp.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.Reachable;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.Ipv4Address;

/// What a peer has still to be told: the latest word on each route, grouped by attributes.
///
/// A route stands in one group, or among the withdrawn, never in both. So the size is bounded by
/// the number of routes however often they change and however slow the peer is, and UPDATEs are as
/// full as they can be. Not safe for several threads: see [Outbox].
final class PendingRoutes {
    /// Routes handed out at once: about what one or a few messages hold.
    static final int BATCH_ROUTES = 1000;

    private record Group(AddressFamily family, Ipv4Address nextHop, PathAttributes attributes) {}

    private final Map<Nlri, Group> groupOf = new HashMap<>();
    private final Map<Group, Map<Nlri, Reachable>> groups = new LinkedHashMap<>();
    private final Map<AddressFamily, Set<Nlri>> withdrawn = new LinkedHashMap<>();
    private final Set<AddressFamily> endOfRib = new LinkedHashSet<>();

    boolean isEmpty() {
        return groups.isEmpty() && withdrawn.isEmpty() && endOfRib.isEmpty();
    }

    void announce(RouteUpdate.Announced announced) {
        Group group = new Group(announced.family(), announced.nextHop(), announced.attributes());
        for (Reachable route : announced.routes()) {
            forget(route.nlri());
            groups.computeIfAbsent(group, _ -> new LinkedHashMap<>()).put(route.nlri(), route);
            groupOf.put(route.nlri(), group);
        }
    }

    /// Goes out even when the announcement itself was still waiting: the peer may know an older
    /// one.
    void withdraw(RouteUpdate.Withdrawn change) {
        for (Nlri route : change.routes()) {
            forget(route);
            withdrawn.computeIfAbsent(change.family(), _ -> new LinkedHashSet<>()).add(route);
        }
    }

    void endOfRib(AddressFamily family) {
        endOfRib.add(family);
    }

    private void forget(Nlri route) {
        Group group = groupOf.remove(route);
        if (group != null) {
            Map<Nlri, Reachable> routes = groups.getOrDefault(group, Map.of());
            routes.remove(route);
            if (routes.isEmpty()) {
                groups.remove(group);
            }
            return;
        }
        Set<Nlri> gone = withdrawn.getOrDefault(route.family(), Set.of());
        if (gone.contains(route)) {
            gone.remove(route);
            if (gone.isEmpty()) {
                withdrawn.remove(route.family());
            }
        }
    }

    /// The next change to send, withdrawals first; End-of-RIB once its family has nothing left.
    Optional<RouteUpdate> take() {
        if (!withdrawn.isEmpty()) {
            return Optional.of(takeWithdrawn());
        }
        for (AddressFamily family : endOfRib) {
            if (groups.keySet().stream().noneMatch(group -> group.family().equals(family))) {
                endOfRib.remove(family);
                return Optional.of(RouteUpdate.Withdrawn.endOfRib(family));
            }
        }
        return groups.isEmpty() ? Optional.empty() : Optional.of(takeAnnounced());
    }

    private RouteUpdate takeWithdrawn() {
        Map.Entry<AddressFamily, Set<Nlri>> first = withdrawn.entrySet().iterator().next();
        List<Nlri> batch = takeFrom(first.getValue());
        if (first.getValue().isEmpty()) {
            withdrawn.remove(first.getKey());
        }
        return new RouteUpdate.Withdrawn(first.getKey(), batch);
    }

    private RouteUpdate takeAnnounced() {
        Map.Entry<Group, Map<Nlri, Reachable>> first = groups.entrySet().iterator().next();
        Group group = first.getKey();
        List<Reachable> batch = takeFrom(first.getValue().values());
        for (Reachable route : batch) {
            groupOf.remove(route.nlri());
        }
        if (first.getValue().isEmpty()) {
            groups.remove(group);
        }
        return new RouteUpdate.Announced(
                group.family(), group.nextHop(), group.attributes(), batch);
    }

    private static <T> List<T> takeFrom(Iterable<T> all) {
        List<T> batch = new ArrayList<>();
        Iterator<T> iterator = all.iterator();
        while (iterator.hasNext() && batch.size() < BATCH_ROUTES) {
            batch.add(iterator.next());
            iterator.remove();
        }
        return batch;
    }
}
