package org.edgeplex.pvm.core;

import java.util.List;
import org.edgeplex.bgp.policy.ExportRules;
import org.edgeplex.bgp.wire.PathAttribute;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.state.Bytes;

/// How a route of the VRF is announced to the CE, or why it is not.
///
/// The rules of BGP between ASes ([ExportRules]), and those of the VPN: route targets stay in the
/// provider's network, as do extended communities that are not transitive (RFC 4360, section 6). A
/// route without attributes (static or connected at another site) gets what is mandatory.
final class CustomerExport {
    /// RFC 4360, section 2: the bit that keeps an extended community within the AS.
    private static final long NON_TRANSITIVE = 1L << 62;

    sealed interface Outcome {
        record Announced(PathAttributes attributes) implements Outcome {}

        record Suppressed(ExportRules.Reason reason) implements Outcome {}

        /// The bytes in the store are no path attributes.
        record Damaged() implements Outcome {}
    }

    private CustomerExport() {}

    static Outcome of(Bytes stored, PeerSpec peer) {
        PathAttributes attributes;
        try {
            attributes = PathAttributes.decode(stored.toArray());
        } catch (IllegalArgumentException e) {
            return new Outcome.Damaged();
        }
        ExportRules rules =
                new ExportRules(peer.localAs(), peer.peerAs(), peer.localAddress(), false);
        return switch (rules.export(ExportRules.From.LOCAL, peer.localAddress(), attributes)) {
            case ExportRules.Verdict.Advertise(_, PathAttributes exported) ->
                    new Outcome.Announced(withoutInternalCommunities(exported));
            case ExportRules.Verdict.Suppress(ExportRules.Reason reason) ->
                    new Outcome.Suppressed(reason);
        };
    }

    private static PathAttributes withoutInternalCommunities(PathAttributes attributes) {
        PathAttributes kept = attributes.withRouteTargets(List.of());
        List<Long> transitive =
                kept.extendedCommunities().stream()
                        .filter(community -> (community & NON_TRANSITIVE) == 0)
                        .toList();
        return transitive.isEmpty()
                ? kept.without(PathAttribute.ExtendedCommunities.CODE)
                : kept.with(new PathAttribute.ExtendedCommunities(transitive));
    }
}
