package org.edgeplex.ldp.session;

import org.edgeplex.net.Ipv4Address;

/// What the engine needs of the network. No call blocks.
public interface Transport {
    void sendHello(byte[] pdu);

    /// Begins to open a connection to port 646; `LdpEngine.onConnected` or `onClosed` follows.
    Connection connect(Ipv4Address remote);

    /// One TCP connection; equal only to itself.
    interface Connection {
        Ipv4Address remote();

        /// Queues a PDU.
        void send(byte[] pdu);

        /// From here on a longer PDU is an error of the peer.
        void limitPdu(int maxLengthBytes);

        /// Closes when what was queued is sent, or after a short while. `onClosed` may follow.
        void close();
    }
}
