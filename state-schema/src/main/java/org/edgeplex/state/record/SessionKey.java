package org.edgeplex.state.record;

import org.edgeplex.net.Ipv4Address;
import org.edgeplex.state.KeyCodec;

/// The holder that speaks (`cvm`, `pvm-7/control`), the protocol, the peer.
public record SessionKey(String holder, Protocol protocol, Ipv4Address peer) {
    public enum Protocol {
        BGP,
        LDP
    }

    public static final KeyCodec<SessionKey> CODEC =
            KeyCodec.of(
                    (out, key) -> {
                        out.text(key.holder).constant(key.protocol);
                        Fields.address(out, key.peer);
                    },
                    in ->
                            new SessionKey(
                                    in.text(), in.oneOf(Protocol.values()), Fields.address(in)));
}
