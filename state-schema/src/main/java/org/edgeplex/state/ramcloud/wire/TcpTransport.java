package org.edgeplex.state.ramcloud.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.turn.Answers;
import org.edgeplex.state.turn.ReadingTurn;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Frames over tcp. One thread reads from all connections, or a caller who waits for an answer
/// does, see [org.edgeplex.state.turn]. Frames are written by who sends them, and by who reads only
/// what the socket did not take at once.
public final class TcpTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);
    private static final Pattern LOCATOR = Pattern.compile("tcp:host=([^,]+),port=(\\d{1,5})");
    private static final int RECEIVE_BYTES = 1 << 18;
    private static final int PORT_MAX = 65_535;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final String CLOSED = "the client was closed";

    private final Selector selector;
    private final ReadingTurn turn = new ReadingTurn();
    private final Thread thread;

    /// For the transport's own thread.
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    private final ByteBuffer receiveBuffer = ByteBuffer.allocateDirect(RECEIVE_BYTES);
    private volatile boolean closed;

    public TcpTransport(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new StoreException("no selector: " + e.getMessage(), e);
        }
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
        thread.start();
    }

    @Override
    public Channel connect(String locator, Receiver receiver) {
        Connection connection = new Connection(locator, receiver);
        execute(connection::open);
        return connection;
    }

    @Override
    public void close() {
        closed = true;
        turn.callOwner();
    }

    @Override
    public Answers answers() {
        return turn;
    }

    private void execute(Runnable task) {
        tasks.add(task);
        turn.callOwner();
    }

    private void run() {
        try (selector) {
            serve();
            for (SelectionKey key : selector.keys()) {
                ((Connection) key.attachment()).end(CLOSED);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("the thread that reads from RAMCloud ended", e);
        }
    }

    private void serve() throws IOException {
        try {
            turn.serve(new Sockets());
        } catch (IOException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    /// What comes over all connections.
    private final class Sockets implements ReadingTurn.Source {
        @Override
        public void read(long nanosMax) throws IOException {
            if (closed) {
                throw new IOException(CLOSED);
            }
            if (Thread.currentThread().equals(thread)) {
                for (Runnable task; (task = tasks.poll()) != null; ) {
                    task.run();
                }
            }
            // Rounded up, and never 0, which means forever.
            selector.select(TcpTransport::ready, nanosMax / NANOS_PER_MILLI + 1);
        }

        @Override
        public void wakeUp() {
            selector.wakeup();
        }

        @Override
        public boolean mustBeRead() {
            for (SelectionKey key : selector.keys()) {
                if (((Connection) key.attachment()).receiver.isOwed()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean needsOwner() {
            return closed || !tasks.isEmpty();
        }
    }

    private static void ready(SelectionKey key) {
        ((Connection) key.attachment()).ready(key);
    }

    /// The socket of one connection. Its own lock guards what waits to be written.
    private final class Connection implements Channel {
        private final String locator;
        private final Receiver receiver;
        private final FrameDecoder decoder = new FrameDecoder();
        private final FrameDecoder.Frames frames;
        private final Queue<ByteBuffer> waiting = new ArrayDeque<>();
        private @Nullable SocketChannel socket;
        private @Nullable SelectionKey key;
        private boolean connected;
        private boolean ended;

        Connection(String locator, Receiver receiver) {
            this.locator = locator;
            this.receiver = receiver;
            this.frames = receiver::received;
        }

        /// On the transport's thread, as [#end], and [#ready] on that of who reads.
        void open() {
            try {
                InetSocketAddress address = address(locator);
                SocketChannel opened = SocketChannel.open();
                synchronized (this) {
                    socket = opened;
                }
                opened.configureBlocking(false);
                opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
                boolean atOnce = opened.connect(address);
                SelectionKey registered = opened.register(selector, SelectionKey.OP_CONNECT, this);
                synchronized (this) {
                    key = registered;
                }
                if (atOnce) {
                    established(registered);
                }
            } catch (IOException | RuntimeException e) {
                end(why(e));
            }
        }

        void ready(SelectionKey readyKey) {
            try {
                SocketChannel channel = (SocketChannel) readyKey.channel();
                if (readyKey.isConnectable()) {
                    channel.finishConnect();
                    established(readyKey);
                }
                if (readyKey.isWritable()) {
                    flush(channel, readyKey);
                }
                if (readyKey.isReadable()) {
                    read(channel);
                }
            } catch (CancelledKeyException e) {
                end("closed");
            } catch (IOException | MalformedReplyException e) {
                end(why(e));
            } catch (RuntimeException e) {
                LOG.error("{}: what it answered could not be taken", locator, e);
                end(why(e));
            }
        }

        private void established(SelectionKey readyKey) throws IOException {
            synchronized (this) {
                connected = true;
                flush((SocketChannel) readyKey.channel(), readyKey);
            }
        }

        private void read(SocketChannel channel) throws IOException {
            receiveBuffer.clear();
            int count = channel.read(receiveBuffer);
            if (count < 0) {
                end("closed by the server");
                return;
            }
            receiveBuffer.flip();
            decoder.feed(receiveBuffer, frames);
        }

        @Override
        public void send(byte[] frames, int length) {
            try {
                synchronized (this) {
                    ByteBuffer bytes = ByteBuffer.wrap(frames, 0, length);
                    SocketChannel channel = socket;
                    if (ended) {
                        return;
                    }
                    if (connected && waiting.isEmpty() && channel != null) {
                        channel.write(bytes);
                        if (!bytes.hasRemaining()) {
                            return;
                        }
                        if (key != null) {
                            key.interestOpsOr(SelectionKey.OP_WRITE);
                            selector.wakeup();
                        }
                    }
                    byte[] rest = new byte[bytes.remaining()];
                    bytes.get(rest);
                    waiting.add(ByteBuffer.wrap(rest));
                }
            } catch (IOException | CancelledKeyException e) {
                close(why(e));
            }
        }

        private synchronized void flush(SocketChannel channel, SelectionKey readyKey)
                throws IOException {
            for (ByteBuffer next = waiting.peek(); next != null; next = waiting.peek()) {
                channel.write(next);
                if (next.hasRemaining()) {
                    readyKey.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    return;
                }
                waiting.remove();
            }
            readyKey.interestOps(SelectionKey.OP_READ);
        }

        @Override
        public void close(String why) {
            execute(() -> end(why));
        }

        void end(String why) {
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
                waiting.clear();
                if (socket != null) {
                    try {
                        socket.close();
                    } catch (IOException e) {
                        LOG.debug("closing {}", locator, e);
                    }
                }
            }
            receiver.closed(why);
        }
    }

    static InetSocketAddress address(String locator) throws IOException {
        Matcher matcher = LOCATOR.matcher(locator);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > PORT_MAX) {
            throw new IOException("not a tcp locator");
        }
        InetSocketAddress address =
                new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
        if (address.isUnresolved()) {
            throw new IOException("the name " + matcher.group(1) + " has no address");
        }
        return address;
    }

    private static String why(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
