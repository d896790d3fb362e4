package org.edgeplex.state.record;

import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.RecordCodec;

/// The VPN label of an attachment. Key: the attachment number.
///
/// Writer: the CVM. Invariants: it exists before the label is announced, and as long as it may be;
/// the `labels` record of the label names this attachment.
public record LabelBinding(MplsLabel label) {
    public static final RecordCodec<LabelBinding> CODEC =
            RecordCodec.of(
                    (out, binding) -> Fields.label(out, binding.label),
                    in -> new LabelBinding(Fields.label(in)));
}
