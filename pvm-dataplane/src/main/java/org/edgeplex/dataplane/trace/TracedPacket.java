package org.edgeplex.dataplane.trace;

import java.util.List;

/// What became of a packet.
///
/// @param frame in hexadecimal, as it came
/// @param out the frames that left, in order
record TracedPacket(String frame, List<Step> steps, List<Out> out) {
    TracedPacket {
        steps = List.copyOf(steps);
        out = List.copyOf(out);
    }

    /// A frame that left.
    ///
    /// @param port `trunk` or `tap`
    /// @param frame in hexadecimal
    record Out(String port, String frame) {}
}
