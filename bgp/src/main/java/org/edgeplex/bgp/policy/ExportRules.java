package org.edgeplex.bgp.policy;

import org.edgeplex.bgp.wire.AsPath;
import org.edgeplex.bgp.wire.PathAttribute;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// What becomes of a route when it is announced to one peer.
///
/// `nextHopSelf` is our address on the session. `asOverride`: the peer's AS in the path is replaced
/// by ours, so that two sites of one customer AS accept each other's routes.
public record ExportRules(
        AsNumber localAs, AsNumber peerAs, Ipv4Address nextHopSelf, boolean asOverride) {

    /// Where the route came from, as far as exporting asks.
    public enum From {
        /// Originated here, or imported from a VRF: not by BGP from a peer of this speaker.
        LOCAL,
        EXTERNAL_PEER,
        INTERNAL_PEER
    }

    /// What to do with the route.
    public sealed interface Verdict {
        /// Announce it so.
        record Advertise(Ipv4Address nextHop, PathAttributes attributes) implements Verdict {}

        /// Do not announce it; withdraw what was announced before.
        record Suppress(Reason reason) implements Verdict {}
    }

    /// Why a route is not announced.
    public enum Reason {
        /// RFC 4271, section 9.2: not from one internal peer to another.
        SPLIT_HORIZON,
        /// RFC 1997.
        NO_EXPORT,
        /// RFC 1997.
        NO_ADVERTISE,
        /// The peer would only find its own AS in the path.
        PEER_AS_IN_PATH
    }

    public PeerType peerType() {
        return localAs.equals(peerAs) ? PeerType.INTERNAL : PeerType.EXTERNAL;
    }

    public Verdict export(From from, Ipv4Address nextHop, PathAttributes attributes) {
        if (attributes.communities().contains(PathAttribute.Communities.NO_ADVERTISE)) {
            return new Verdict.Suppress(Reason.NO_ADVERTISE);
        }
        return switch (peerType()) {
            case INTERNAL -> toInternal(from, nextHop, attributes);
            case EXTERNAL -> toExternal(attributes);
        };
    }

    /// What we originate has ourselves as next hop; LOCAL_PREF is mandatory (RFC 4271, 5.1.5).
    private Verdict toInternal(From from, Ipv4Address nextHop, PathAttributes attributes) {
        if (from == From.INTERNAL_PEER) {
            return new Verdict.Suppress(Reason.SPLIT_HORIZON);
        }
        PathAttributes changed = passedOn(withMandatory(attributes));
        if (changed.localPref().isEmpty()) {
            changed = changed.withLocalPref(PathAttribute.LocalPref.DEFAULT);
        }
        return new Verdict.Advertise(from == From.LOCAL ? nextHopSelf : nextHop, changed);
    }

    /// Our AS in front, our address as next hop, and nothing that is meant for our AS alone:
    /// LOCAL_PREF, the MED of another AS, the attributes of route reflection.
    private Verdict toExternal(PathAttributes attributes) {
        if (attributes.communities().contains(PathAttribute.Communities.NO_EXPORT)
                || attributes
                        .communities()
                        .contains(PathAttribute.Communities.NO_EXPORT_SUBCONFED)) {
            return new Verdict.Suppress(Reason.NO_EXPORT);
        }
        AsPath path = attributes.asPath();
        if (asOverride) {
            path = path.replace(peerAs, localAs);
        } else if (path.count(peerAs) > 0) {
            return new Verdict.Suppress(Reason.PEER_AS_IN_PATH);
        }
        PathAttributes changed = passedOn(withMandatory(attributes)).with(path.prepend(localAs));
        boolean anotherAsMed = !attributes.asPath().segments().isEmpty();
        for (int code :
                new int[] {
                    PathAttribute.LocalPref.CODE,
                    PathAttribute.OriginatorId.CODE,
                    PathAttribute.ClusterList.CODE
                }) {
            changed = changed.without(code);
        }
        return new Verdict.Advertise(
                nextHopSelf,
                anotherAsMed ? changed.without(PathAttribute.MultiExitDisc.CODE) : changed);
    }

    private static PathAttributes withMandatory(PathAttributes attributes) {
        PathAttributes complete =
                attributes.origin().isEmpty()
                        ? attributes.with(PathAttribute.Origin.INCOMPLETE)
                        : attributes;
        return complete.with(complete.asPath());
    }

    /// RFC 4271, section 5: an attribute that we do not understand goes on if it is transitive, and
    /// tells that somebody did not understand it.
    private static PathAttributes passedOn(PathAttributes attributes) {
        PathAttributes passed = attributes;
        for (PathAttribute attribute : attributes.all()) {
            if (attribute instanceof PathAttribute.Unknown unknown) {
                passed =
                        unknown.transitive()
                                ? passed.with(
                                        new PathAttribute.Unknown(
                                                unknown.code(), true, true, unknown.value()))
                                : passed.without(unknown.code());
            }
        }
        return passed;
    }
}
