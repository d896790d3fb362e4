package org.edgeplex.state.record;

import org.edgeplex.net.Ipv4Address;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.RecordCodec;

/// A route that a customer's site offers: 7 octets and its path attributes.
///
/// Writer: PVM control of the attachment.
///
/// @param nextHop the CE's address; the gateway's own for [Source#CONNECTED]
/// @param attributes BGP path attributes as on the wire (RFC 4271, section 4.3; four-octet AS
///   numbers), without NEXT_HOP and MP_REACH_NLRI; empty unless [Source#BGP]
public record CustomerRoute(Source source, Ipv4Address nextHop, Bytes attributes) {
    public enum Source {
        CONNECTED,
        STATIC,
        BGP
    }

    public static final RecordCodec<CustomerRoute> CODEC =
            RecordCodec.of(
                    (out, route) -> {
                        out.constant(route.source);
                        Fields.address(out, route.nextHop);
                        out.bytes(route.attributes);
                    },
                    in ->
                            new CustomerRoute(
                                    in.oneOf(Source.values()), Fields.address(in), in.bytes()));
}
