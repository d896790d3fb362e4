package org.edgeplex.state.record;

import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.KeyCodec;
import org.edgeplex.state.RecordWriter;

/// 9 octets: VRF number, prefix.
public record VrfRouteKey(int vrfNumber, Ipv4Prefix prefix) {
    public static final KeyCodec<VrfRouteKey> CODEC =
            KeyCodec.of(
                    (out, key) -> {
                        out.i32(key.vrfNumber);
                        Fields.prefix(out, key.prefix);
                    },
                    in -> new VrfRouteKey(in.i32(), Fields.prefix(in)));

    /// What all keys of a VRF begin with.
    public static Bytes of(int vrfNumber) {
        return new RecordWriter().i32(vrfNumber).toBytes();
    }
}
