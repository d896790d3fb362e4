package org.edgeplex.cvm.vpn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.PathAttribute;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.VpnRouteKey;
import org.edgeplex.state.record.Vrf;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happened in whatever order: the changes told one after another lead to the same as
/// starting from what is there in the end.
class VpnRibRandomTest {
    private static final int STEPS = 2_000;
    private static final int CHOICES = 4;

    /// The last thing done to each object, and how to do it to another table.
    private final Map<String, Consumer<VpnRib>> present = new TreeMap<>();

    private final Map<VrfRouteKey, VrfRoute> routes = new HashMap<>();
    private final Map<Nlri.VpnIpv4, Export> announced = new HashMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyHistoryLeadsToWhatIsThere(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        VpnRib rib = newRib();
        for (int i = 0; i < STEPS; i++) {
            step(random, rib);
            if (random.nextInt(3) == 0) {
                apply(rib.recompute());
            }
        }
        apply(rib.recompute());

        VpnRib fresh = newRib();
        List<Consumer<VpnRib>> shuffled = new ArrayList<>(present.values());
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.forEach(each -> each.accept(fresh));
        VpnChanges all = fresh.recompute();
        assertEquals(all.routesPut(), routes);
        assertEquals(Set.copyOf(all.announced()), new HashSet<>(announced.values()));
        assertEquals(Set.copyOf(rib.exports()), Set.copyOf(fresh.exports()));
        assertEquals(rib.nextHops(), fresh.nextHops());
    }

    private static VpnRib newRib() {
        return new VpnRib(new AsNumber(65000), Ipv4Address.parse("10.0.0.1"));
    }

    private void step(SplittableRandom random, VpnRib rib) {
        int which = random.nextInt(CHOICES) + 1;
        boolean put = random.nextInt(3) > 0;
        switch (random.nextInt(5)) {
            case 0 -> {
                Vrf vrf = randomVrf(random, which);
                change(
                        put,
                        "vrf " + which,
                        rib,
                        r -> r.putVrf(which, vrf),
                        r -> r.removeVrf(which));
            }
            case 1 -> {
                int vrf = random.nextInt(CHOICES) + 1;
                MplsLabel label = new MplsLabel(1000 + which);
                change(
                        put,
                        "site " + which,
                        rib,
                        r -> r.putSite(which, vrf, label),
                        r -> r.removeSite(which));
            }
            case 2 -> stepOffer(random, rib, which, put);
            case 3 -> stepRemote(random, rib, which, put);
            default -> {
                Ipv4Address pe = randomPe(random);
                change(
                        put,
                        "reachable " + pe,
                        rib,
                        r -> r.setReachable(pe, true),
                        r -> r.setReachable(pe, false));
            }
        }
    }

    private void stepOffer(SplittableRandom random, VpnRib rib, int attachment, boolean put) {
        Ipv4Prefix prefix = randomPrefix(random);
        PathAttributes attributes = randomAttributes(random);
        CustomerRoute.Source[] sources = CustomerRoute.Source.values();
        CustomerRoute route =
                new CustomerRoute(
                        sources[random.nextInt(sources.length)],
                        Ipv4Address.parse("172.16.0.2"),
                        Bytes.wrap(attributes.encode()));
        change(
                put,
                "offer " + attachment + " " + prefix,
                rib,
                r -> r.putOffer(attachment, prefix, route, attributes),
                r -> r.removeOffer(attachment, prefix));
    }

    private void stepRemote(SplittableRandom random, VpnRib rib, int number, boolean put) {
        VpnRouteKey key =
                new VpnRouteKey(
                        new Ipv4Address(0x0a000009),
                        RouteDistinguisher.parse("65000:" + number),
                        randomPrefix(random));
        PathAttributes attributes = randomAttributes(random);
        Ipv4Address pe = randomPe(random);
        MplsLabel label = new MplsLabel(500 + random.nextInt(CHOICES));
        change(
                put,
                "remote " + key,
                rib,
                r -> r.putRemote(key, pe, label, attributes),
                r -> r.removeRemote(key));
    }

    private void change(
            boolean put,
            String what,
            VpnRib rib,
            Consumer<VpnRib> putting,
            Consumer<VpnRib> removing) {
        if (put) {
            putting.accept(rib);
            present.put(what, putting);
        } else {
            removing.accept(rib);
            present.remove(what);
        }
    }

    private void apply(VpnChanges changes) {
        routes.putAll(changes.routesPut());
        changes.routesRemoved().forEach(routes::remove);
        changes.withdrawn().forEach(announced::remove);
        changes.announced().forEach(export -> announced.put(export.nlri(), export));
    }

    private static Vrf randomVrf(SplittableRandom random, int number) {
        return new Vrf(
                "vrf " + number,
                RouteDistinguisher.parse("65000:" + (100 + number)),
                randomTargets(random),
                randomTargets(random));
    }

    private static List<RouteTarget> randomTargets(SplittableRandom random) {
        List<RouteTarget> targets = new ArrayList<>();
        for (int i = 0; i < CHOICES; i++) {
            if (random.nextBoolean()) {
                targets.add(RouteTarget.parse("65000:" + i));
            }
        }
        return targets;
    }

    private static PathAttributes randomAttributes(SplittableRandom random) {
        return PathAttributes.originated(PathAttribute.Origin.IGP)
                .withLocalPref(100 + random.nextInt(2))
                .withMultiExitDisc(random.nextInt(2))
                .withRouteTargets(randomTargets(random));
    }

    private static Ipv4Prefix randomPrefix(SplittableRandom random) {
        return Ipv4Prefix.containing(new Ipv4Address(random.nextInt(CHOICES) << 24), 8);
    }

    private static Ipv4Address randomPe(SplittableRandom random) {
        return new Ipv4Address(0x0a000002 + random.nextInt(CHOICES));
    }
}
