package org.edgeplex.controller.intent;

import static org.edgeplex.controller.intent.RefusedException.Reason.CONFLICT;
import static org.edgeplex.controller.intent.RefusedException.Reason.INVALID;

import java.util.Map;

/// What a valid document must not be because of the others, or of the PE.
final class IntentChecks {
    /// A VPN label and a transport label (RFC 3032, section 2.1).
    private static final int LABEL_STACK_BYTES = 8;

    private final PeSite site;

    IntentChecks(PeSite site) {
        this.site = site;
    }

    void node(IntentSnapshot others, NodeId id, VpnNode node) {
        String pe = site.self().name();
        if (!node.vpnNodeId().equals(pe)) {
            throw RefusedException.of(
                    INVALID,
                    "/vpn-node-id",
                    "must be \"" + pe + "\", the PE of this controller: " + node.vpnNodeId());
        }
        for (Map.Entry<NodeId, Held<VpnNode>> other : others.nodes().entrySet()) {
            if (!other.getKey().equals(id)
                    && other.getValue().intent().distinguisher().equals(node.distinguisher())) {
                throw RefusedException.of(
                        CONFLICT,
                        "/rd",
                        "is the route distinguisher of "
                                + other.getKey()
                                + " already: "
                                + node.distinguisher());
            }
        }
    }

    void access(IntentSnapshot others, AccessId id, VpnNetworkAccess access) {
        int mtuMax = site.self().coreMtuBytes() - LABEL_STACK_BYTES;
        if (access.mtuBytes() > mtuMax) {
            throw RefusedException.of(
                    INVALID,
                    "/mtu",
                    "must be at most "
                            + mtuMax
                            + ": the core carries "
                            + site.self().coreMtuBytes()
                            + " octets, labels included: "
                            + access.mtuBytes());
        }
        if (access.routing() instanceof AccessRouting.Bgp bgp
                && bgp.peerAs().equals(site.self().as())) {
            throw RefusedException.of(
                    INVALID,
                    "/routing/bgp/peer-as",
                    "is the provider's own AS; sessions to CEs are eBGP: " + bgp.peerAs());
        }
        others.accesses().forEach((otherId, other) -> apart(id, access, otherId, other.intent()));
        site.whyNoCompute()
                .ifPresent(why -> {
                    throw RefusedException.of(CONFLICT, "", why);
                });
        site.whyNotPort(access.port())
                .ifPresent(why -> {
                    throw RefusedException.of(INVALID, "/port", why);
                });
    }

    private static void apart(
            AccessId id, VpnNetworkAccess access, AccessId otherId, VpnNetworkAccess other) {
        if (otherId.equals(id)) {
            return;
        }
        if (other.port().equals(access.port())) {
            throw RefusedException.of(
                    CONFLICT, "/port", "is used by " + otherId + " already: " + access.port());
        }
        boolean overlap =
                other.link().prefix().contains(access.link().prefix())
                        || access.link().prefix().contains(other.link().prefix());
        if (otherId.node().equals(id.node()) && overlap) {
            throw RefusedException.of(
                    CONFLICT,
                    "/ip-connection/ipv4/provider-address",
                    "its subnet "
                            + access.link().prefix()
                            + " overlaps that of "
                            + otherId
                            + " in the same VRF");
        }
    }
}
