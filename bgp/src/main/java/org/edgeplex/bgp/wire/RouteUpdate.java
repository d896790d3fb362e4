package org.edgeplex.bgp.wire;

import java.util.List;
import org.edgeplex.net.Ipv4Address;

/// A change of routes of one family, received or to be sent.
///
/// One UPDATE message may hold several; [Update] keeps them in the order in which they apply:
/// withdrawals first (RFC 4271, section 4.3: a prefix in both fields is announced).
public sealed interface RouteUpdate {
    AddressFamily family();

    /// Routes that share a next hop and all attributes.
    record Announced(
            AddressFamily family,
            Ipv4Address nextHop,
            PathAttributes attributes,
            List<Reachable> routes)
            implements RouteUpdate {
        public Announced {
            routes = List.copyOf(routes);
            for (Reachable route : routes) {
                requireFamily(family, route.nlri());
            }
        }
    }

    /// Routes that are gone. Empty: the End-of-RIB marker (RFC 4724, section 2).
    record Withdrawn(AddressFamily family, List<Nlri> routes) implements RouteUpdate {
        public Withdrawn {
            routes = List.copyOf(routes);
            for (Nlri route : routes) {
                requireFamily(family, route);
            }
        }

        public static Withdrawn endOfRib(AddressFamily family) {
            return new Withdrawn(family, List.of());
        }

        public boolean isEndOfRib() {
            return routes.isEmpty();
        }
    }

    private static void requireFamily(AddressFamily family, Nlri nlri) {
        if (!nlri.family().equals(family)) {
            throw new IllegalArgumentException(nlri + " is not of family " + family);
        }
    }
}
