package org.edgeplex.state.record;

import java.util.List;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;
import org.edgeplex.state.RecordCodec;

/// A VPN's routing table on this PE (RFC 4364, section 3), rendered from a vpn-node.
///
/// Writer: the controller.
///
/// @param name `vpn-service/vpn-node`, for people
public record Vrf(
        String name,
        RouteDistinguisher distinguisher,
        List<RouteTarget> importTargets,
        List<RouteTarget> exportTargets) {

    public Vrf {
        importTargets = List.copyOf(importTargets);
        exportTargets = List.copyOf(exportTargets);
    }

    public static final RecordCodec<Vrf> CODEC =
            RecordCodec.of(
                    (out, vrf) -> {
                        out.text(vrf.name);
                        Fields.distinguisher(out, vrf.distinguisher);
                        out.list(vrf.importTargets, Fields::target)
                                .list(vrf.exportTargets, Fields::target);
                    },
                    in ->
                            new Vrf(
                                    in.text(),
                                    Fields.distinguisher(in),
                                    in.list(Fields::target),
                                    in.list(Fields::target)));
}
