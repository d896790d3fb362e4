package org.edgeplex.pvm.core;

import java.util.List;
import java.util.Optional;
import org.edgeplex.bgp.policy.ImportRules;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRouting;

/// What is taken from the CE's announcements, and as what.
///
/// Route targets are the provider's: those of a CE are removed, or it could export its routes into
/// another customer's VPN (RFC 4364, section 4.3.1).
record CustomerImport(Attachment attachment, CustomerRouting.Bgp bgp) {
    /// A rejected announcement replaces what the peer announced before, as a withdrawal does.
    sealed interface Verdict {
        Ipv4Prefix prefix();

        record Accepted(Ipv4Prefix prefix, CustomerRoute route) implements Verdict {}

        record Rejected(Ipv4Prefix prefix, Reject reason) implements Verdict {}
    }

    List<Verdict> judge(RouteUpdate.Announced announced) {
        Optional<Reject> forAll = rejectPath(announced);
        // One encoding for all prefixes of the message: they share the bytes on the heap.
        CustomerRoute route =
                new CustomerRoute(
                        CustomerRoute.Source.BGP,
                        announced.nextHop(),
                        Bytes.wrap(imported(announced.attributes()).encode()));
        return announced.routes().stream()
                .map(reachable -> reachable.nlri().prefix())
                .map(prefix -> judge(prefix, forAll, route))
                .toList();
    }

    private Verdict judge(Ipv4Prefix prefix, Optional<Reject> forAll, CustomerRoute route) {
        return forAll.or(() -> PrefixRules.rejectPrefix(attachment, prefix))
                .<Verdict>map(reason -> new Verdict.Rejected(prefix, reason))
                .orElseGet(() -> new Verdict.Accepted(prefix, route));
    }

    private Optional<Reject> rejectPath(RouteUpdate.Announced announced) {
        return ImportRules.of(bgp.localAs(), attachment.gateway())
                .reject(announced.attributes(), PeerType.EXTERNAL, bgp.peerAs())
                .map(rejection ->
                        switch (rejection) {
                            case OWN_AS_IN_PATH, OWN_ORIGINATOR_ID, OWN_CLUSTER_ID -> Reject.LOOP;
                            case FIRST_AS_NOT_PEER -> Reject.FIRST_AS;
                        })
                .or(() -> PrefixRules.rejectNextHop(attachment, announced.nextHop()));
    }

    private static PathAttributes imported(PathAttributes attributes) {
        return attributes.withRouteTargets(List.of());
    }
}
