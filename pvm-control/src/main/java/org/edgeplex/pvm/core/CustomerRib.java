package org.edgeplex.pvm.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.state.record.CustomerRoute;
import org.jspecify.annotations.Nullable;

/// The routes of one customer's site from all sources, and what the store has of them.
///
/// Changes are collected and [#drain] says what they mean for the store: however often a prefix
/// changed, at most one write. About 200 octets of heap a route beside the record itself.
final class CustomerRib {
    /// What `customer_routes` has.
    private final Map<Ipv4Prefix, CustomerRoute> stored;

    private final Map<Ipv4Prefix, CustomerRoute> learnt = new HashMap<>();

    /// Learnt in an earlier life or session and not announced again since. A part of `learnt`.
    private final Set<Ipv4Prefix> stale = new HashSet<>();

    private final Set<Ipv4Prefix> touched = new LinkedHashSet<>();
    private Map<Ipv4Prefix, CustomerRoute> configured = new HashMap<>();

    /// Goes on from what an earlier life has stored: routes learnt by BGP are stale.
    CustomerRib(Map<Ipv4Prefix, CustomerRoute> stored) {
        this.stored = new HashMap<>(stored);
        stored.forEach((prefix, route) -> {
            if (route.source() == CustomerRoute.Source.BGP) {
                learnt.put(prefix, route);
                stale.add(prefix);
            } else {
                configured.put(prefix, route);
            }
        });
    }

    /// Replaces the connected and static routes.
    void configure(Map<Ipv4Prefix, CustomerRoute> routes) {
        touched.addAll(configured.keySet());
        touched.addAll(routes.keySet());
        configured = new HashMap<>(routes);
    }

    void learn(Ipv4Prefix prefix, CustomerRoute route) {
        learnt.put(prefix, route);
        stale.remove(prefix);
        touched.add(prefix);
    }

    void forget(Ipv4Prefix prefix) {
        learnt.remove(prefix);
        stale.remove(prefix);
        touched.add(prefix);
    }

    void forgetLearnt() {
        touched.addAll(learnt.keySet());
        learnt.clear();
        stale.clear();
    }

    void markStale() {
        stale.addAll(learnt.keySet());
    }

    /// Gives up what is still stale; returns how many routes that were.
    int sweep() {
        int count = stale.size();
        stale.forEach(learnt::remove);
        touched.addAll(stale);
        stale.clear();
        return count;
    }

    boolean hasStale() {
        return !stale.isEmpty();
    }

    /// Routes that the peer has announced in this session.
    int learntCount() {
        return learnt.size() - stale.size();
    }

    /// What the store lacks; it is taken as written.
    List<Action.RouteWrite> drain() {
        List<Action.RouteWrite> writes = new ArrayList<>();
        for (Ipv4Prefix prefix : touched) {
            CustomerRoute route = best(prefix);
            if (Objects.equals(route, stored.get(prefix))) {
                continue;
            }
            if (route == null) {
                stored.remove(prefix);
                writes.add(new Action.RemoveRoute(prefix));
            } else {
                stored.put(prefix, route);
                writes.add(new Action.PutRoute(prefix, route));
            }
        }
        touched.clear();
        return writes;
    }

    private @Nullable CustomerRoute best(Ipv4Prefix prefix) {
        CustomerRoute route = configured.get(prefix);
        return route == null ? learnt.get(prefix) : route;
    }
}
