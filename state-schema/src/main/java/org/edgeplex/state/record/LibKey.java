package org.edgeplex.state.record;

import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.state.KeyCodec;

/// 9 octets: the FEC, and the LDP identifier (LSR id) of the peer that advertised the label.
public record LibKey(Ipv4Prefix fec, Ipv4Address peerLsrId) {
    public static final KeyCodec<LibKey> CODEC =
            KeyCodec.of(
                    (out, key) -> {
                        Fields.prefix(out, key.fec);
                        Fields.address(out, key.peerLsrId);
                    },
                    in -> new LibKey(Fields.prefix(in), Fields.address(in)));
}
