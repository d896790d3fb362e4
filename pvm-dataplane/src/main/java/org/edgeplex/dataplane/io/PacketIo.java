package org.edgeplex.dataplane.io;

import org.edgeplex.dataplane.packet.PacketVector;

/// A port with one queue, used by one thread. No call blocks or throws for what packets hold.
///
/// Ownership: a received packet belongs to the caller, a packet given to [#transmit] to the port.
/// All ports of a data plane share one [PacketPool].
public interface PacketIo extends AutoCloseable {
    /// The most packets that one [#receive] returns.
    int BURST_MAX = 32;

    /// What [#descriptor] says when the port cannot wake a sleeper.
    int NO_DESCRIPTOR = -1;

    /// Replaces the vector's content by at most [#BURST_MAX] packets and returns their count.
    int receive(PacketVector packets);

    /// Sends all packets in order, frees those that the port refuses, clears the vector and returns
    /// the count sent.
    int transmit(PacketVector packets);

    /// A file descriptor that poll(2) reports readable when [#receive] has something to return, as
    /// long as the port is armed, or [#NO_DESCRIPTOR].
    int descriptor();

    /// What shall be done while there are no packets.
    default IdleMode idleMode() {
        return IdleMode.ADAPTIVE;
    }

    /// Before a sleep: from now on a packet makes [#descriptor] readable.
    ///
    /// @return true if one that came before may not: receive once more, then sleep
    default boolean arm() {
        return false;
    }

    /// After a sleep: packets no longer need to say that they come.
    default void disarm() {}

    @Override
    void close();
}
