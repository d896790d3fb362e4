package org.edgeplex.state.ramcloud.wire;

import org.edgeplex.state.turn.Answers;

/// How frames reach servers and come back: tcp, or a simulation's network.
///
/// The receiver's methods are never called from inside [#connect] or [Channel#send].
public interface Transport extends AutoCloseable {
    /// Begins a connection. What is sent before it stands waits for it; when it fails, the receiver
    /// is told that it is closed.
    ///
    /// @param locator `tcp:host=H,port=P`
    Channel connect(String locator, Receiver receiver);

    /// What callers wait for the answers with that come over it.
    default Answers answers() {
        return Answers.PLAIN;
    }

    @Override
    void close();

    /// The client's end of a connection.
    interface Channel {
        /// Takes whole frames, and copies them where they cannot go at once. Never blocks. On a
        /// closed channel nothing happens: the receiver has been told or will be.
        void send(byte[] frames, int length);

        /// Ends it; the receiver is told.
        void close(String why);
    }

    /// Who takes what comes, on one thread at a time.
    interface Receiver {
        void received(long nonce, byte[] payload);

        /// Whether something is to come: from any thread.
        boolean isOwed();

        /// The last that is heard of this connection.
        void closed(String why);
    }
}
