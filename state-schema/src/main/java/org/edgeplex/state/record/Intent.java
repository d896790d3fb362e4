package org.edgeplex.state.record;

import org.edgeplex.state.RecordCodec;
import org.edgeplex.state.RecordReader;

/// What a caller of the API asked for: a vpn-service, vpn-node or vpn-network-access (RFC 9182).
///
/// Writer: the controller's API. Invariant: the document was validated before it was stored.
///
/// @param generation raised by each change
/// @param document the canonical JSON document of the API
public record Intent(long generation, Lifecycle lifecycle, String document) {
    public static final RecordCodec<Intent> CODEC =
            RecordCodec.of(
                    (out, intent) ->
                            out.i64(intent.generation)
                                    .constant(intent.lifecycle)
                                    .text(intent.document),
                    in -> new Intent(in.i64(), lifecycle(in), in.text()));

    static Lifecycle lifecycle(RecordReader in) {
        return in.oneOf(Lifecycle.values());
    }
}
