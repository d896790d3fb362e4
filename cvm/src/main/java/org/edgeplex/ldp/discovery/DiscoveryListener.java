package org.edgeplex.ldp.discovery;

/// What discovery tells the owner of the sessions, and asks of the owner of the socket.
public interface DiscoveryListener {
    /// Send this PDU to all routers on the link.
    void sendHello(byte[] pdu);

    void neighborHeard(Neighbor neighbor);

    void neighborLost(Neighbor neighbor);
}
