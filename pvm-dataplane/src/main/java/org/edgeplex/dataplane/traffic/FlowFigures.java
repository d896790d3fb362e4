package org.edgeplex.dataplane.traffic;

/// The figures of one flow.
///
/// @param sent by the generator or, where that is elsewhere, up to the highest number that came
/// @param received each packet once
/// @param gapNanosMax between two packets that came
record FlowFigures(
        int flow,
        long sent,
        long received,
        long lost,
        long reordered,
        long duplicated,
        long tooOld,
        long gapNanosMax,
        Times times) {}
