package org.edgeplex.state.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/// Tcp, or a unix socket, which does not block: another thread can end a wait, and an interruption
/// of a caller who sends or receives does not close it.
final class SelectableWire implements Wire {
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;

    private SelectableWire(SocketChannel channel, Selector readable, Selector writable) {
        this.channel = channel;
        this.readable = readable;
        this.writable = writable;
    }

    /// Takes a connected channel over; it is closed when that fails.
    static SelectableWire of(SocketChannel channel) throws IOException {
        try {
            channel.configureBlocking(false);
            Selector readable = selector(channel, SelectionKey.OP_READ);
            try {
                Selector writable = selector(channel, SelectionKey.OP_WRITE);
                return new SelectableWire(channel, readable, writable);
            } catch (IOException e) {
                readable.close();
                throw e;
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static Selector selector(SocketChannel channel, int operation) throws IOException {
        Selector selector = Selector.open();
        try {
            channel.register(selector, operation);
            return selector;
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    @Override
    public boolean isSelectable() {
        return true;
    }

    @Override
    public boolean await(long nanosMax) throws IOException {
        // Rounded up, and never 0, which means forever.
        long millis = nanosMax / NANOS_PER_MILLI + 1;
        return select(readable, millis);
    }

    @Override
    public void wakeUp() {
        readable.wakeup();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (true) {
            int count = channel.read(ByteBuffer.wrap(into, offset, length));
            if (count != 0) {
                return count;
            }
            select(readable, 0);
        }
    }

    @Override
    public void write(byte[] from, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(from, 0, length);
        while (true) {
            channel.write(rest);
            if (!rest.hasRemaining()) {
                return;
            }
            select(writable, 0);
        }
    }

    private boolean select(Selector selector, long millis) throws IOException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        boolean isReady;
        try {
            isReady = selector.select(SelectableWire::pass, millis) > 0;
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw closed(e);
        }
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        return isReady;
    }

    /// There is one key, and that it is ready says it all.
    private static void pass(SelectionKey key) {}

    private static IOException closed(IllegalStateException cause) {
        IOException closed = new ClosedChannelException();
        closed.initCause(cause);
        return closed;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        readable.close();
        writable.close();
    }
}
