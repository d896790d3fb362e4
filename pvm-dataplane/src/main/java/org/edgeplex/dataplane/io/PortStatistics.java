package org.edgeplex.dataplane.io;

/// What a port has counted since it was opened; bytes are those of frames without their checksum.
///
/// @param rxMissed frames that came when the port had no room for them
/// @param rxNoBuffer frames for which there was no packet buffer
public record PortStatistics(
        long rxPackets,
        long rxBytes,
        long txPackets,
        long txBytes,
        long rxMissed,
        long rxErrors,
        long rxNoBuffer,
        long txErrors) {}
