package org.edgeplex.state.record;

import org.edgeplex.state.RecordCodec;

/// That a label was released, and when. Key: the label. Written before the [LabelBinding] is
/// removed, removed after the label has an owner again; it counts only while the label has none.
///
/// Writer: the CVM; the controller in its place once that is fenced.
///
/// @param releasedMillis since 1970; what counts is the order
public record LabelRest(long releasedMillis) {
    public static final RecordCodec<LabelRest> CODEC =
            RecordCodec.of(
                    (out, rest) -> out.i64(rest.releasedMillis), in -> new LabelRest(in.i64()));
}
