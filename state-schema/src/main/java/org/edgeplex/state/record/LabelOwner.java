package org.edgeplex.state.record;

import org.edgeplex.state.RecordCodec;

/// Whose a label is. Key: the label. Written with `ABSENT` before the [LabelBinding], removed after
/// it: so no label is ever bound twice, and one that a crash left over is found by its owner.
///
/// Writer: the CVM.
public record LabelOwner(int attachmentNumber) {
    public static final RecordCodec<LabelOwner> CODEC =
            RecordCodec.of(
                    (out, owner) -> out.i32(owner.attachmentNumber),
                    in -> new LabelOwner(in.i32()));
}
