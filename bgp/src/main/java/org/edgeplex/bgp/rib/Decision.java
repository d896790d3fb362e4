package org.edgeplex.bgp.rib;

import java.util.List;
import java.util.Optional;
import org.edgeplex.bgp.wire.PathAttribute;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// The decision process of RFC 4271, section 9.1, with the additions of RFC 4456, section 9.
///
/// All candidates are taken to be usable: next hop resolved, no loop (see
/// [org.edgeplex.bgp.policy.ImportRules]).
public final class Decision {
    private Decision() {}

    /// The outcome of comparing two routes: which one, and at which step.
    public record Verdict(boolean firstWins, Reason reason) {}

    /// Compares two routes to one destination.
    ///
    /// Because MEDs count only between routes of one neighbouring AS, this is no total order over
    /// more than two: [#best] sees to that.
    public static Verdict compare(Candidate first, Candidate second) {
        return compare(first, second, true);
    }

    /// The index of the best of one or more candidates.
    ///
    /// MEDs first, within each neighbouring AS, as RFC 4271, section 9.1.2.2 c has it: so the
    /// result does not depend on the order in which the routes arrived.
    public static int best(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("no candidates");
        }
        int best = -1;
        for (int i = 0; i < candidates.size(); i++) {
            if (!isBeatenByMed(candidates, i)
                    && (best < 0
                            || !compare(candidates.get(best), candidates.get(i), false)
                                    .firstWins())) {
                best = i;
            }
        }
        return best;
    }

    /// Whether another candidate that is as good up to the MED, and from the same AS, has a lower
    /// one.
    private static boolean isBeatenByMed(List<Candidate> candidates, int index) {
        Candidate candidate = candidates.get(index);
        for (Candidate other : candidates) {
            if (byPreference(other, candidate).isEmpty() && med(other, candidate) < 0) {
                return true;
            }
        }
        return false;
    }

    private static Verdict compare(Candidate first, Candidate second, boolean withMed) {
        Optional<Verdict> byPreference = byPreference(first, second);
        if (byPreference.isPresent()) {
            return byPreference.get();
        }
        int byMed = withMed ? med(first, second) : 0;
        if (byMed != 0) {
            return new Verdict(byMed < 0, Reason.LOWER_MULTI_EXIT_DISC);
        }
        return bySource(first, second);
    }

    /// The steps before the MED; empty when they do not decide.
    private static Optional<Verdict> byPreference(Candidate first, Candidate second) {
        PathAttributes a = first.attributes();
        PathAttributes b = second.attributes();
        int byLocalPref = Long.compare(localPref(b), localPref(a));
        if (byLocalPref != 0) {
            return verdict(byLocalPref, Reason.HIGHER_LOCAL_PREF);
        }
        int byLocality = Boolean.compare(isLocal(second), isLocal(first));
        if (byLocality != 0) {
            return verdict(byLocality, Reason.LOCALLY_ORIGINATED);
        }
        int byPath = Integer.compare(a.asPath().pathLength(), b.asPath().pathLength());
        if (byPath != 0) {
            return verdict(byPath, Reason.SHORTER_AS_PATH);
        }
        int byOrigin = Integer.compare(origin(a), origin(b));
        return byOrigin == 0 ? Optional.empty() : verdict(byOrigin, Reason.LOWER_ORIGIN);
    }

    private static Optional<Verdict> verdict(int comparison, Reason reason) {
        return Optional.of(new Verdict(comparison < 0, reason));
    }

    /// A route without LOCAL_PREF has what we would give it (RFC 4271, section 9.1.1).
    private static long localPref(PathAttributes attributes) {
        return attributes.localPref().orElse(PathAttribute.LocalPref.DEFAULT);
    }

    private static int origin(PathAttributes attributes) {
        return attributes.origin().orElse(PathAttribute.Origin.INCOMPLETE).value();
    }

    private static boolean isLocal(Candidate candidate) {
        return candidate.source() instanceof Candidate.Source.Local;
    }

    /// Negative when the first has the lower MED; 0 between different neighbouring ASes. A route
    /// without one has the lowest (RFC 4271, section 9.1.2.2 c).
    private static int med(Candidate first, Candidate second) {
        Optional<AsNumber> neighbor = first.attributes().asPath().neighborAs();
        return neighbor.equals(second.attributes().asPath().neighborAs())
                ? Long.compare(
                        first.attributes().multiExitDisc().orElse(0),
                        second.attributes().multiExitDisc().orElse(0))
                : 0;
    }

    /// The steps after the MED.
    private static Verdict bySource(Candidate first, Candidate second) {
        if (!(first.source() instanceof Candidate.Source.Learned a)
                || !(second.source() instanceof Candidate.Source.Learned b)) {
            return new Verdict(
                    true, Reason.EQUAL); // both are local: byPreference told others apart
        }
        if (a.peerType() != b.peerType()) {
            return new Verdict(a.peerType() == PeerType.EXTERNAL, Reason.EXTERNAL_OVER_INTERNAL);
        }
        int byCost = Long.compare(a.interiorCost(), b.interiorCost());
        if (byCost != 0) {
            return new Verdict(byCost < 0, Reason.LOWER_INTERIOR_COST);
        }
        int byRouterId = routerId(first, a).compareTo(routerId(second, b));
        if (byRouterId != 0) {
            return new Verdict(byRouterId < 0, Reason.LOWER_ROUTER_ID);
        }
        int byClusters =
                Integer.compare(
                        first.attributes().clusterList().size(),
                        second.attributes().clusterList().size());
        if (byClusters != 0) {
            return new Verdict(byClusters < 0, Reason.SHORTER_CLUSTER_LIST);
        }
        int byAddress = a.peerAddress().compareTo(b.peerAddress());
        return byAddress != 0
                ? new Verdict(byAddress < 0, Reason.LOWER_PEER_ADDRESS)
                : new Verdict(true, Reason.EQUAL);
    }

    /// RFC 4456, section 9: ORIGINATOR_ID stands for the router id where there is one.
    private static Ipv4Address routerId(Candidate candidate, Candidate.Source.Learned source) {
        return candidate.attributes().originatorId().orElse(source.bgpIdentifier());
    }
}
