package org.edgeplex.state.redis;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A wire, and the replies that come over it.
final class Connection implements Closeable {
    private final Wire wire;
    private final RespDecoder decoder = new RespDecoder();

    Connection(Wire wire) {
        this.wire = wire;
    }

    void write(RespWriter out) throws IOException {
        wire.write(out.buffer(), out.size());
    }

    /// A reply that has been received already, or null.
    @Nullable Reply received() throws IOException {
        while (true) {
            Reply reply = decoder.next();
            if (!(reply instanceof Reply.Push)) {
                return reply;
            }
        }
    }

    /// Waits for some octets.
    void receive() throws IOException {
        byte[] buffer = decoder.buffer();
        int count = wire.read(buffer, decoder.end(), buffer.length - decoder.end());
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        decoder.received(count);
    }

    /// Whether a wait for octets can be ended.
    boolean isSelectable() {
        return wire.isSelectable();
    }

    /// Waits for octets so long at most, where a wait can be ended: whether there are some. Room
    /// for them is made before, while the server works.
    boolean await(long nanosMax) throws IOException {
        decoder.buffer();
        return wire.await(nanosMax);
    }

    /// Has the [#await] that waits return; without one, the next.
    void wakeUp() {
        wire.wakeUp();
    }

    /// Sends one command and waits for its reply.
    Reply call(RespWriter out, Consumer<RespWriter> command) throws IOException {
        out.clear();
        command.accept(out);
        write(out);
        while (true) {
            Reply reply = received();
            if (reply != null) {
                return reply;
            }
            receive();
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
