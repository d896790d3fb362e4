package org.edgeplex.state.record;

import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.RecordCodec;

/// A label that an LDP peer advertised, kept whether it is used or not: liberal retention (RFC
/// 5036, section 2.6.2.2).
///
/// Writer: the CVM.
///
/// @param sessionEpoch the life of the LDP session that last sent it; older ones are stale
public record LibBinding(MplsLabel label, long sessionEpoch) {
    public static final RecordCodec<LibBinding> CODEC =
            RecordCodec.of(
                    (out, binding) -> {
                        Fields.label(out, binding.label);
                        out.i64(binding.sessionEpoch);
                    },
                    in -> new LibBinding(Fields.label(in), in.i64()));
}
