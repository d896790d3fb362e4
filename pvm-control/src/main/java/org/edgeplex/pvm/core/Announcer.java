package org.edgeplex.pvm.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.Reachable;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.pvm.core.ControlEvent.VrfRouteChange;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;
import org.jspecify.annotations.Nullable;

/// The Adj-RIB-Out towards the CE: all routes of the VRF but those behind this attachment itself.
///
/// A route costs about 200 octets of heap beside its attributes, which routes of one batch share.
final class Announcer {
    private static final int NO_VRF = -1;

    private final int attachmentNumber;

    /// The stored attributes of the VRF's routes, without those behind this attachment.
    private final Map<Ipv4Prefix, Bytes> routes = new HashMap<>();

    /// The stored attributes behind what the CE was told; empty while no session is up.
    private final Map<Ipv4Prefix, Bytes> sent = new HashMap<>();

    private final Set<Ipv4Prefix> touched = new LinkedHashSet<>();
    private int vrfNumber = NO_VRF;
    private @Nullable PeerSpec peer;

    Announcer(int attachmentNumber) {
        this.attachmentNumber = attachmentNumber;
    }

    /// Returns whether this is another VRF than before: its routes are then to be [#load]ed.
    boolean useVrf(int number) {
        boolean changed = number != vrfNumber;
        if (changed) {
            vrfNumber = number;
            load(List.of());
        }
        return changed;
    }

    /// These, and no others, are the VRF's routes.
    void load(List<VrfRouteChange.Present> present) {
        touched.addAll(routes.keySet());
        routes.clear();
        present.forEach(this::change);
    }

    /// Changes of other VRFs are passed over.
    void change(VrfRouteChange change) {
        VrfRouteKey key = change.key();
        if (key.vrfNumber() != vrfNumber) {
            return;
        }
        switch (change) {
            case VrfRouteChange.Present(_, VrfRoute route) when !isOwn(route) ->
                    routes.put(key.prefix(), route.attributes());
            case VrfRouteChange.Present _, VrfRouteChange.Absent _ -> routes.remove(key.prefix());
        }
        touched.add(key.prefix());
    }

    /// A session is up: everything, then End-of-RIB.
    List<Action> established(PeerSpec spec) {
        down();
        peer = spec;
        return everything();
    }

    /// RFC 2918, section 4.
    List<Action> refresh() {
        sent.clear();
        return everything();
    }

    void down() {
        peer = null;
        sent.clear();
        touched.clear();
    }

    int sentCount() {
        return sent.size();
    }

    /// What the CE is to be told of the changes since the last call.
    List<Action> drain() {
        PeerSpec to = peer;
        List<Action> actions = to == null ? List.of() : updates(List.copyOf(touched), to);
        touched.clear();
        return actions;
    }

    private List<Action> everything() {
        touched.addAll(routes.keySet());
        List<Action> actions = new ArrayList<>(drain());
        actions.add(new Action.SendEndOfRib(AddressFamily.IPV4_UNICAST));
        return actions;
    }

    private List<Action> updates(Collection<Ipv4Prefix> prefixes, PeerSpec to) {
        List<Nlri> withdrawn = new ArrayList<>();
        Map<Bytes, List<Reachable>> announced = new LinkedHashMap<>();
        Map<Bytes, CustomerExport.Outcome> outcomes = new HashMap<>();
        for (Ipv4Prefix prefix : prefixes) {
            Bytes stored = routes.get(prefix);
            if (stored != null && stored.equals(sent.get(prefix))) {
                continue;
            }
            if (stored != null
                    && outcomes.computeIfAbsent(stored, s -> CustomerExport.of(s, to))
                            instanceof CustomerExport.Outcome.Announced) {
                sent.put(prefix, stored);
                announced
                        .computeIfAbsent(stored, _ -> new ArrayList<>())
                        .add(new Reachable.Unlabeled(new Nlri.Ipv4(prefix)));
            } else if (sent.remove(prefix) != null) {
                withdrawn.add(new Nlri.Ipv4(prefix));
            }
        }
        List<Action> actions = new ArrayList<>();
        if (!withdrawn.isEmpty()) {
            actions.add(
                    new Action.Send(
                            new RouteUpdate.Withdrawn(AddressFamily.IPV4_UNICAST, withdrawn)));
        }
        announced.forEach((stored, reachable) -> {
            if (outcomes.get(stored)
                    instanceof CustomerExport.Outcome.Announced(PathAttributes attributes)) {
                actions.add(announcement(attributes, reachable, to));
            }
        });
        return actions;
    }

    private static Action announcement(
            PathAttributes attributes, List<Reachable> reachable, PeerSpec to) {
        return new Action.Send(
                new RouteUpdate.Announced(
                        AddressFamily.IPV4_UNICAST, to.localAddress(), attributes, reachable));
    }

    private boolean isOwn(VrfRoute route) {
        return route instanceof VrfRoute.Local local
                && local.attachmentNumber() == attachmentNumber;
    }
}
