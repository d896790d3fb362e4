package org.edgeplex.state.record;

import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.KeyCodec;
import org.edgeplex.state.RecordWriter;

/// 9 octets: attachment number, prefix.
public record CustomerRouteKey(int attachmentNumber, Ipv4Prefix prefix) {
    public static final KeyCodec<CustomerRouteKey> CODEC =
            KeyCodec.of(
                    (out, key) -> {
                        out.i32(key.attachmentNumber);
                        Fields.prefix(out, key.prefix);
                    },
                    in -> new CustomerRouteKey(in.i32(), Fields.prefix(in)));

    /// What all keys of an attachment begin with.
    public static Bytes of(int attachmentNumber) {
        return new RecordWriter().i32(attachmentNumber).toBytes();
    }
}
