package org.edgeplex.state.record;

import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.KeyCodec;
import org.edgeplex.state.RecordWriter;

/// 17 octets: the BGP peer it came from, route distinguisher, prefix.
public record VpnRouteKey(Ipv4Address peer, RouteDistinguisher distinguisher, Ipv4Prefix prefix) {
    public static final KeyCodec<VpnRouteKey> CODEC =
            KeyCodec.of(
                    (out, key) -> {
                        Fields.address(out, key.peer);
                        Fields.distinguisher(out, key.distinguisher);
                        Fields.prefix(out, key.prefix);
                    },
                    in ->
                            new VpnRouteKey(
                                    Fields.address(in),
                                    Fields.distinguisher(in),
                                    Fields.prefix(in)));

    /// What all keys of a peer begin with.
    public static Bytes of(Ipv4Address peer) {
        return new RecordWriter().i32(peer.bits()).toBytes();
    }
}
