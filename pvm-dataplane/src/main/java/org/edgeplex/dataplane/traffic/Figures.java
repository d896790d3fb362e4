package org.edgeplex.dataplane.traffic;

/// The figures of all flows together.
///
/// @param seconds since the start; at the end: in which packets were sent, or for a sink came
/// @param sent by the generator, sent back by a reflector, or, for a sink, up to the highest
///   numbers that came
/// @param refused attempts to send that the port did not take
/// @param skipped packets that were due while the generator was held up, and not sent
/// @param lagNanosMax how late a burst was sent at most
/// @param gapNanosMax without any packet, at the beginning and the end too if we send ourselves
/// @param outageNanosMax from a packet sent that came to the next of its flow that came, with some
///   lost between
record Figures(
        double seconds,
        long sent,
        long received,
        long lost,
        long reordered,
        long duplicated,
        long tooOld,
        long otherFrames,
        long refused,
        long skipped,
        long lagNanosMax,
        long gapNanosMax,
        long outageNanosMax,
        Times times) {}
