package org.edgeplex.state.record;

import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.RecordCodec;

/// A VPN-IPv4 route as a core peer sent it: the Adj-RIB-In (RFC 4271, section 3.2). 19 octets and
/// its path attributes.
///
/// Writer: the CVM. Kept whatever its route targets, so that a new VRF imports without asking.
///
/// @param sessionEpoch the life of the session that last sent it; an older one is stale until
///   End-of-RIB (RFC 4724, section 4.2) and then swept
/// @param attributes as in [CustomerRoute]; the route targets are in them
public record VpnRoute(Ipv4Address nextHop, MplsLabel label, long sessionEpoch, Bytes attributes) {
    public static final RecordCodec<VpnRoute> CODEC =
            RecordCodec.of(
                    (out, route) -> {
                        Fields.address(out, route.nextHop);
                        Fields.label(out, route.label);
                        out.i64(route.sessionEpoch).bytes(route.attributes);
                    },
                    in -> new VpnRoute(Fields.address(in), Fields.label(in), in.i64(), in.bytes()));
}
