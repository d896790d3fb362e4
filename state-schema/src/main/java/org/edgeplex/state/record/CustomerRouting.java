package org.edgeplex.state.record;

import java.util.List;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.RecordReader;
import org.edgeplex.state.RecordWriter;

/// How the customer's prefixes are learnt (RFC 4364, section 7).
public sealed interface CustomerRouting {
    /// Static routes towards next hops on the access link.
    record Static(List<Route> routes) implements CustomerRouting {
        public Static {
            routes = List.copyOf(routes);
        }

        public record Route(Ipv4Prefix prefix, Ipv4Address nextHop) {}
    }

    /// An eBGP session with the CE.
    ///
    /// @param holdTimeSeconds proposed hold time, 0 (no keepalives) or at least 3
    /// @param prefixesMax the session is closed when the CE sends more
    record Bgp(
            AsNumber localAs,
            AsNumber peerAs,
            Ipv4Address peerAddress,
            int holdTimeSeconds,
            int prefixesMax)
            implements CustomerRouting {}

    private static void route(RecordWriter out, Static.Route route) {
        Fields.prefix(out, route.prefix);
        Fields.address(out, route.nextHop);
    }

    static void write(RecordWriter out, CustomerRouting routing) {
        switch (routing) {
            case Static(List<Static.Route> routes) ->
                    out.u8(0).list(routes, CustomerRouting::route);
            case Bgp(var localAs, var peerAs, var peerAddress, var holdTime, var prefixesMax) -> {
                out.u8(1);
                Fields.as(out, localAs);
                Fields.as(out, peerAs);
                Fields.address(out, peerAddress);
                out.u16(holdTime).i32(prefixesMax);
            }
        }
    }

    static CustomerRouting read(RecordReader in) {
        return switch (in.u8()) {
            case 0 ->
                    new Static(in.list(r -> new Static.Route(Fields.prefix(r), Fields.address(r))));
            case 1 -> new Bgp(Fields.as(in), Fields.as(in), Fields.address(in), in.u16(), in.i32());
            default -> throw new DamagedRecordException("unknown kind of customer routing");
        };
    }
}
