package org.edgeplex.cvm.vpn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.edgeplex.bgp.policy.ExportRules;
import org.edgeplex.bgp.policy.ImportRules;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.PathAttribute;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.net.RouteTarget;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.VpnRouteKey;
import org.edgeplex.state.record.Vrf;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;

/// All VRFs of the PE: the routes that may be in them, and which of them are.
///
/// Setters note what changed and mark the prefixes it concerns; `recompute` decides those again and
/// returns the differences. Calling a setter with what is there already marks nothing.
///
/// Not thread-safe.
public final class VpnRib {
    private final AsNumber as;
    private final Ipv4Address loopback;
    private final ImportRules importRules;
    private final ExportRules exportRules;

    private final Map<Integer, Vrf> vrfs = new TreeMap<>();
    private final Map<RouteTarget, Set<Integer>> importers = new HashMap<>();
    private final Map<Integer, Site> sites = new TreeMap<>();
    private final Map<Ipv4Prefix, Map<Integer, Offer>> offers = new HashMap<>();
    private final Map<Ipv4Prefix, Map<VpnRouteKey, Path.Remote>> remotes = new HashMap<>();
    private final Map<Ipv4Address, Integer> nextHopUses = new HashMap<>();
    private final Set<Ipv4Address> reachable = new HashSet<>();

    private final Map<Ipv4Prefix, Map<Integer, VrfRoute>> installed = new HashMap<>();
    private final Map<Ipv4Prefix, Map<Nlri.VpnIpv4, Export>> exported = new HashMap<>();
    private final Set<Ipv4Prefix> dirty = new TreeSet<>();

    /// An attachment that takes part: its VRF and its label.
    private record Site(int vrf, MplsLabel label) {}

    /// What a customer offers, its attributes decoded.
    private record Offer(CustomerRoute route, PathAttributes attributes) {}

    public VpnRib(AsNumber as, Ipv4Address loopback) {
        this.as = as;
        this.loopback = loopback;
        this.importRules = ImportRules.of(as, loopback);
        this.exportRules = new ExportRules(as, as, loopback, false);
    }

    // What is there.

    /// Takes over what an earlier life installed, so that only differences are written.
    public void loadInstalled(VrfRouteKey key, VrfRoute route) {
        installed.computeIfAbsent(key.prefix(), _ -> new TreeMap<>()).put(key.vrfNumber(), route);
        dirty.add(key.prefix());
    }

    public void putVrf(int number, Vrf vrf) {
        if (!vrf.equals(vrfs.put(number, vrf))) {
            vrfsChanged();
        }
    }

    public void removeVrf(int number) {
        if (vrfs.remove(number) != null) {
            vrfsChanged();
        }
    }

    /// The attachment is active and its label is bound in the store.
    public void putSite(int attachment, int vrf, MplsLabel label) {
        Site site = new Site(vrf, label);
        if (!site.equals(sites.put(attachment, site))) {
            markOffersOf(attachment);
        }
    }

    public void removeSite(int attachment) {
        if (sites.remove(attachment) != null) {
            markOffersOf(attachment);
        }
    }

    public void putOffer(
            int attachment, Ipv4Prefix prefix, CustomerRoute route, PathAttributes attributes) {
        Offer offer = new Offer(route, attributes);
        Map<Integer, Offer> ofPrefix = offers.computeIfAbsent(prefix, _ -> new TreeMap<>());
        if (!offer.equals(ofPrefix.put(attachment, offer))) {
            dirty.add(prefix);
        }
    }

    public void removeOffer(int attachment, Ipv4Prefix prefix) {
        Map<Integer, Offer> ofPrefix = offers.getOrDefault(prefix, new TreeMap<>());
        if (ofPrefix.remove(attachment) != null) {
            dirty.add(prefix);
        }
        if (ofPrefix.isEmpty()) {
            offers.remove(prefix);
        }
    }

    public void putRemote(
            VpnRouteKey key, Ipv4Address nextHop, MplsLabel label, PathAttributes attributes) {
        Path.Remote path = new Path.Remote(key, nextHop, label, attributes);
        Map<VpnRouteKey, Path.Remote> ofPrefix =
                remotes.computeIfAbsent(key.prefix(), _ -> new HashMap<>());
        Path.Remote before = ofPrefix.put(key, path);
        if (path.equals(before)) {
            return;
        }
        nextHopUses.merge(nextHop, 1, Integer::sum);
        if (before != null) {
            dropNextHopUse(before.nextHop());
        }
        dirty.add(key.prefix());
    }

    public void removeRemote(VpnRouteKey key) {
        Map<VpnRouteKey, Path.Remote> ofPrefix =
                remotes.getOrDefault(key.prefix(), new HashMap<>());
        Path.Remote before = ofPrefix.remove(key);
        if (before != null) {
            dropNextHopUse(before.nextHop());
            dirty.add(key.prefix());
        }
        if (ofPrefix.isEmpty()) {
            remotes.remove(key.prefix());
        }
    }

    private void dropNextHopUse(Ipv4Address nextHop) {
        nextHopUses.computeIfPresent(nextHop, (_, uses) -> uses == 1 ? null : uses - 1);
    }

    /// The next hops that transport LSPs are needed to.
    public Set<Ipv4Address> nextHops() {
        Set<Ipv4Address> needed = new TreeSet<>(nextHopUses.keySet());
        needed.remove(loopback);
        return needed;
    }

    /// Whether there is a transport LSP to a next hop.
    public void setReachable(Ipv4Address nextHop, boolean isReachable) {
        boolean changed = isReachable ? reachable.add(nextHop) : reachable.remove(nextHop);
        if (changed) {
            remotes.forEach((prefix, paths) -> {
                if (paths.values().stream().anyMatch(p -> p.nextHop().equals(nextHop))) {
                    dirty.add(prefix);
                }
            });
        }
    }

    /// Which prefixes a VRF concerns is not known beforehand: all are decided again.
    private void vrfsChanged() {
        importers.clear();
        vrfs.forEach((number, vrf) ->
                vrf.importTargets()
                        .forEach(target ->
                                importers
                                        .computeIfAbsent(target, _ -> new TreeSet<>())
                                        .add(number)));
        dirty.addAll(offers.keySet());
        dirty.addAll(remotes.keySet());
        dirty.addAll(installed.keySet());
        dirty.addAll(exported.keySet());
    }

    private void markOffersOf(int attachment) {
        offers.forEach((prefix, ofPrefix) -> {
            if (ofPrefix.containsKey(attachment)) {
                dirty.add(prefix);
            }
        });
    }

    // What follows from it.

    /// All routes that the core is to know now.
    public List<Export> exports() {
        return exported.values().stream().flatMap(each -> each.values().stream()).toList();
    }

    /// Why a route is out of the race; empty if it is not.
    public Optional<Ineligible> ineligible(
            Ipv4Address nextHop, MplsLabel label, PathAttributes attributes) {
        Optional<ImportRules.Rejection> rejected =
                importRules.reject(attributes, PeerType.INTERNAL, as);
        if (rejected.isPresent()) {
            return Optional.of(new Ineligible.Loop(rejected.get()));
        }
        if (nextHop.equals(loopback)) {
            return Optional.of(new Ineligible.NextHopIsSelf());
        }
        if (label.isReserved()) {
            return Optional.of(new Ineligible.ReservedLabel(label));
        }
        return reachable.contains(nextHop)
                ? Optional.empty()
                : Optional.of(new Ineligible.NextHopUnreachable(nextHop));
    }

    /// Decides every marked prefix again.
    public VpnChanges recompute() {
        VpnChanges changes =
                new VpnChanges(
                        new LinkedHashMap<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
        for (Ipv4Prefix prefix : dirty) {
            List<Path.Local> locals = locals(prefix);
            install(prefix, candidatesByVrf(prefix, locals), changes);
            export(prefix, locals, changes);
        }
        dirty.clear();
        return changes;
    }

    private List<Path.Local> locals(Ipv4Prefix prefix) {
        List<Path.Local> locals = new ArrayList<>();
        offers.getOrDefault(prefix, Map.of())
                .forEach((attachment, offer) -> {
                    Site site = sites.get(attachment);
                    if (site != null && vrfs.containsKey(site.vrf)) {
                        locals.add(
                                new Path.Local(
                                        attachment,
                                        site.vrf,
                                        offer.route.source(),
                                        offer.route.nextHop(),
                                        site.label,
                                        offer.attributes));
                    }
                });
        return locals;
    }

    private Map<Integer, List<Path>> candidatesByVrf(Ipv4Prefix prefix, List<Path.Local> locals) {
        Map<Integer, List<Path>> byVrf = new TreeMap<>();
        for (Path.Local local : locals) {
            Set<Integer> numbers = importersOf(vrf(local.vrf()).exportTargets());
            numbers.add(local.vrf()); // its own sites' routes, whatever its route targets are
            numbers.forEach(each -> add(byVrf, each, local));
        }
        for (Path.Remote path : remotes.getOrDefault(prefix, Map.of()).values()) {
            if (ineligible(path.nextHop(), path.label(), path.attributes()).isEmpty()) {
                importersOf(path.attributes().routeTargets())
                        .forEach(each -> add(byVrf, each, path));
            }
        }
        return byVrf;
    }

    private static void add(Map<Integer, List<Path>> byVrf, int number, Path candidate) {
        byVrf.computeIfAbsent(number, _ -> new ArrayList<>()).add(candidate);
    }

    private Set<Integer> importersOf(List<RouteTarget> targets) {
        Set<Integer> numbers = new TreeSet<>();
        targets.forEach(target -> numbers.addAll(importers.getOrDefault(target, Set.of())));
        return numbers;
    }

    private Vrf vrf(int number) {
        Vrf vrf = vrfs.get(number);
        if (vrf == null) {
            throw new IllegalStateException("no VRF " + number);
        }
        return vrf;
    }

    private void install(
            Ipv4Prefix prefix, Map<Integer, List<Path>> candidates, VpnChanges changes) {
        Map<Integer, VrfRoute> wanted = new TreeMap<>();
        candidates.forEach((number, paths) ->
                BestPath.of(paths).ifPresent(best -> wanted.put(number, vrfRoute(best))));
        Map<Integer, VrfRoute> before = installed.getOrDefault(prefix, Map.of());
        wanted.forEach((number, route) -> {
            if (!route.equals(before.get(number))) {
                changes.routesPut().put(new VrfRouteKey(number, prefix), route);
            }
        });
        for (int number : before.keySet()) {
            if (!wanted.containsKey(number)) {
                changes.routesRemoved().add(new VrfRouteKey(number, prefix));
            }
        }
        replace(installed, prefix, wanted);
    }

    private static VrfRoute vrfRoute(Path best) {
        Bytes attributes = Bytes.wrap(best.attributes().encode());
        return switch (best) {
            case Path.Local local ->
                    new VrfRoute.Local(
                            local.attachment(), local.label(), local.nextHop(), attributes);
            case Path.Remote remote ->
                    new VrfRoute.Remote(remote.nextHop(), remote.label(), attributes);
        };
    }

    private void export(Ipv4Prefix prefix, List<Path.Local> locals, VpnChanges changes) {
        Map<Integer, List<Path.Local>> byVrf = new TreeMap<>();
        locals.forEach(
                local -> byVrf.computeIfAbsent(local.vrf(), _ -> new ArrayList<>()).add(local));
        Map<Nlri.VpnIpv4, Export> wanted = new LinkedHashMap<>();
        byVrf.forEach((number, paths) -> {
            Vrf vrf = vrf(number);
            if (!vrf.exportTargets().isEmpty()) {
                Nlri.VpnIpv4 nlri = new Nlri.VpnIpv4(vrf.distinguisher(), prefix);
                Path.Local best = BestPath.of(paths).orElseThrow();
                exportedAs(best, vrf)
                        .ifPresent(it -> wanted.put(nlri, new Export(nlri, best.label(), it)));
            }
        });
        Map<Nlri.VpnIpv4, Export> before = exported.getOrDefault(prefix, Map.of());
        wanted.forEach((nlri, export) -> {
            if (!export.equals(before.get(nlri))) {
                changes.announced().add(export);
            }
        });
        for (Nlri.VpnIpv4 nlri : before.keySet()) {
            if (!wanted.containsKey(nlri)) {
                changes.withdrawn().add(nlri);
            }
        }
        replace(exported, prefix, wanted);
    }

    /// The customer's attributes with our route targets only: a customer must not choose the VPNs
    /// that its routes go to. Empty where the customer wants the route to stay here.
    private Optional<PathAttributes> exportedAs(Path.Local local, Vrf vrf) {
        PathAttributes attributes =
                local.source() == CustomerRoute.Source.BGP
                        ? local.attributes()
                        : PathAttributes.originated(PathAttribute.Origin.INCOMPLETE);
        return switch (exportRules.export(ExportRules.From.LOCAL, loopback, attributes)) {
            case ExportRules.Verdict.Advertise(_, PathAttributes changed) ->
                    Optional.of(changed.withRouteTargets(vrf.exportTargets()));
            case ExportRules.Verdict.Suppress _ -> Optional.empty();
        };
    }

    private static <K, V> void replace(
            Map<Ipv4Prefix, Map<K, V>> all, Ipv4Prefix prefix, Map<K, V> now) {
        if (now.isEmpty()) {
            all.remove(prefix);
        } else {
            all.put(prefix, now);
        }
    }
}
