package org.edgeplex.cvm.vpn;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.edgeplex.bgp.rib.Candidate;
import org.edgeplex.bgp.rib.Decision;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.state.record.CustomerRoute;

/// Which way a VRF uses to a prefix: connected before static before BGP, and among BGP's by its
/// decision process.
final class BestPath {
    private BestPath() {}

    static <P extends Path> Optional<P> of(Collection<P> candidates) {
        int lowest = candidates.stream().mapToInt(BestPath::routingSource).min().orElse(0);
        // In an order of their own, so that what nothing tells apart is decided alike every time.
        List<P> left =
                candidates.stream()
                        .filter(each -> routingSource(each) == lowest)
                        .sorted(BestPath::order)
                        .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        left.get(Decision.best(left.stream().map(BestPath::asBgpSees).toList())));
    }

    /// The routing table's choice, before BGP has any.
    private static int routingSource(Path candidate) {
        return switch (candidate) {
            case Path.Local local ->
                    switch (local.source()) {
                        case CONNECTED -> 0;
                        case STATIC -> 1;
                        case BGP -> 2;
                    };
            case Path.Remote _ -> 2;
        };
    }

    private static Candidate asBgpSees(Path candidate) {
        Candidate.Source source =
                switch (candidate) {
                    case Path.Local local ->
                            local.source() == CustomerRoute.Source.BGP
                                    ? learned(PeerType.EXTERNAL, local.nextHop())
                                    : new Candidate.Source.Local();
                    case Path.Remote remote -> learned(PeerType.INTERNAL, remote.key().peer());
                };
        return new Candidate(candidate.attributes(), source);
    }

    private static Candidate.Source learned(PeerType type, Ipv4Address peer) {
        return new Candidate.Source.Learned(type, peer, peer, 0);
    }

    private static int order(Path one, Path other) {
        if (one instanceof Path.Remote a && other instanceof Path.Remote b) {
            int byPeer = a.key().peer().compareTo(b.key().peer());
            return byPeer != 0
                    ? byPeer
                    : a.key().distinguisher().compareTo(b.key().distinguisher());
        }
        if (one instanceof Path.Local a && other instanceof Path.Local b) {
            return Integer.compare(a.attachment(), b.attachment());
        }
        return one instanceof Path.Local ? -1 : 1;
    }
}
