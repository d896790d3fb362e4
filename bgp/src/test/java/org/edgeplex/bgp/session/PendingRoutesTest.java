package org.edgeplex.bgp.session;

import static org.edgeplex.bgp.wire.AddressFamily.IPV4_UNICAST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.Reachable;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.junit.jupiter.api.Test;

final class PendingRoutesTest {
    private static final Ipv4Address NEXT_HOP = Ipv4Address.parse("10.0.0.1");

    private final PendingRoutes pending = new PendingRoutes();

    private static Nlri.Ipv4 nlri(int number) {
        return new Nlri.Ipv4(new Ipv4Prefix(new Ipv4Address(number << 8), 24));
    }

    private static RouteUpdate.Announced announced(long med, int... numbers) {
        List<Reachable> routes = new ArrayList<>();
        for (int number : numbers) {
            routes.add(new Reachable.Unlabeled(nlri(number)));
        }
        return new RouteUpdate.Announced(
                IPV4_UNICAST, NEXT_HOP, PathAttributes.EMPTY.withMultiExitDisc(med), routes);
    }

    private static RouteUpdate.Withdrawn withdrawn(int number) {
        return new RouteUpdate.Withdrawn(IPV4_UNICAST, List.of(nlri(number)));
    }

    @Test
    void routesOfEqualAttributesGoTogether() {
        pending.announce(announced(1, 1));
        pending.announce(announced(2, 2));
        pending.announce(announced(1, 3));
        assertEquals(Optional.of(announced(1, 1, 3)), pending.take());
        assertEquals(Optional.of(announced(2, 2)), pending.take());
        assertEquals(Optional.empty(), pending.take());
    }

    @Test
    void onlyTheLatestWordOnARouteIsSent() {
        pending.announce(announced(1, 1));
        pending.announce(announced(2, 1));
        assertEquals(Optional.of(announced(2, 1)), pending.take());
        pending.announce(announced(1, 1));
        pending.withdraw(withdrawn(1));
        assertEquals(Optional.of(withdrawn(1)), pending.take());
        pending.withdraw(withdrawn(1));
        pending.announce(announced(3, 1));
        assertEquals(Optional.of(announced(3, 1)), pending.take());
        assertTrue(pending.isEmpty());
    }

    @Test
    void endOfRibComesLast() {
        pending.endOfRib(IPV4_UNICAST);
        pending.announce(announced(1, 1));
        assertEquals(Optional.of(announced(1, 1)), pending.take());
        assertEquals(Optional.of(RouteUpdate.Withdrawn.endOfRib(IPV4_UNICAST)), pending.take());
        assertEquals(Optional.empty(), pending.take());
    }

    /// Whatever the order of changes and of taking, the peer ends with what was said last.
    @Test
    void thePeerEndsWithTheLastWord() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Map<Nlri, Long> said = new HashMap<>();
        Map<Nlri, Long> peer = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int route = random.nextInt(50);
            switch (random.nextInt(3)) {
                case 0 -> {
                    long med = random.nextInt(4);
                    pending.announce(announced(med, route));
                    said.put(nlri(route), med);
                }
                case 1 -> {
                    pending.withdraw(withdrawn(route));
                    said.remove(nlri(route));
                }
                default -> pending.take().ifPresent(change -> apply(change, peer));
            }
        }
        Optional<RouteUpdate> change = pending.take();
        while (change.isPresent()) {
            apply(change.get(), peer);
            change = pending.take();
        }
        assertEquals(said, peer, "seed " + seed);
        assertTrue(pending.isEmpty());
    }

    private static void apply(RouteUpdate change, Map<Nlri, Long> peer) {
        switch (change) {
            case RouteUpdate.Announced announced ->
                    announced
                            .routes()
                            .forEach(route ->
                                    peer.put(
                                            route.nlri(),
                                            announced.attributes().multiExitDisc().orElseThrow()));
            case RouteUpdate.Withdrawn withdrawn -> withdrawn.routes().forEach(peer::remove);
        }
    }
}
