package org.edgeplex.bgp.policy;

import java.util.Optional;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// Whether a route that a peer announced may be used at all.
///
/// `ownAsAllowed` is how often our AS may occur in the path, 0 as a rule ("allowas-in" otherwise).
/// `clusterId` is the router id where we reflect nothing.
public record ImportRules(
        AsNumber localAs, Ipv4Address routerId, Ipv4Address clusterId, int ownAsAllowed) {

    /// Why a route is not usable. It is kept out of the decision, which for the peer's earlier
    /// route to the same destination is a withdrawal.
    public enum Rejection {
        /// RFC 4271, section 9.1.2.
        OWN_AS_IN_PATH,
        /// RFC 4456, section 8.
        OWN_ORIGINATOR_ID,
        /// RFC 4456, section 8.
        OWN_CLUSTER_ID,
        /// RFC 4271, section 6.3: an external peer's own AS has to come first.
        FIRST_AS_NOT_PEER
    }

    public static ImportRules of(AsNumber localAs, Ipv4Address routerId) {
        return new ImportRules(localAs, routerId, routerId, 0);
    }

    /// Empty for a route that may be used.
    public Optional<Rejection> reject(
            PathAttributes attributes, PeerType peerType, AsNumber peerAs) {
        if (attributes.asPath().count(localAs) > ownAsAllowed) {
            return Optional.of(Rejection.OWN_AS_IN_PATH);
        }
        if (attributes.originatorId().equals(Optional.of(routerId))) {
            return Optional.of(Rejection.OWN_ORIGINATOR_ID);
        }
        if (attributes.clusterList().contains(clusterId)) {
            return Optional.of(Rejection.OWN_CLUSTER_ID);
        }
        if (peerType == PeerType.EXTERNAL
                && !attributes.asPath().neighborAs().equals(Optional.of(peerAs))) {
            return Optional.of(Rejection.FIRST_AS_NOT_PEER);
        }
        return Optional.empty();
    }
}
