package org.edgeplex.openflow.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.edgeplex.openflow.SwitchAddress;
import org.edgeplex.openflow.SwitchOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to a database server, until it fails; never reused. A virtual thread reads.
final class OvsdbSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OvsdbSession.class);

    private static final int REQUESTS_MAX = 64;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final SocketChannel channel;
    private final ReentrantLock sendLock = new ReentrantLock();
    private final Map<Long, CompletableFuture<RpcMessage.Reply>> pending =
            new ConcurrentHashMap<>();
    private final AtomicLong nextId = new AtomicLong(1);
    private final AtomicReference<String> closeReason = new AtomicReference<>("");

    private OvsdbSession(SocketChannel channel) {
        this.channel = channel;
    }

    static OvsdbSession open(SwitchAddress address, Duration timeout) throws IOException {
        OvsdbSession session = new OvsdbSession(address.connect(timeout));
        Thread.ofVirtual().name("ovsdb-reader").start(session::readAll);
        return session;
    }

    boolean isOpen() {
        return closeReason.get().isEmpty();
    }

    /// The reply, error or not. A request that is not answered in time ends the session: whatever
    /// hangs, the next one begins afresh.
    SwitchOutcome<RpcMessage.Reply> request(String method, JsonNode parameters, Duration timeout) {
        if (pending.size() >= REQUESTS_MAX) {
            return new SwitchOutcome.Unreachable<>("too many requests under way");
        }
        long id = nextId.getAndIncrement();
        CompletableFuture<RpcMessage.Reply> reply = new CompletableFuture<>();
        pending.put(id, reply);
        try {
            if (!isOpen()) {
                return new SwitchOutcome.Unreachable<>(closeReason.get());
            }
            ObjectNode message = JSON.objectNode();
            message.put("method", method).put("id", id).set("params", parameters);
            send(message, timeout);
            return new SwitchOutcome.Done<>(reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            close("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException | IOException e) {
            close(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            close("interrupted");
        } finally {
            pending.remove(id);
        }
        return new SwitchOutcome.Unanswered<>(closeReason.get());
    }

    private void send(ObjectNode message, Duration timeout)
            throws IOException, InterruptedException {
        ByteBuffer bytes = ByteBuffer.wrap(RpcReader.mapper().writeValueAsBytes(message));
        if (!sendLock.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the server does not read");
        }
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } finally {
            sendLock.unlock();
        }
    }

    private void readAll() {
        try {
            RpcReader reader = new RpcReader(Channels.newInputStream(channel));
            while (true) {
                dispatch(reader.next());
            }
        } catch (IOException e) {
            close(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            close("interrupted");
        }
    }

    private void dispatch(RpcMessage message) throws IOException, InterruptedException {
        switch (message) {
            case RpcMessage.Reply reply -> {
                CompletableFuture<RpcMessage.Reply> waiting = pending.get(reply.id());
                if (waiting != null) {
                    waiting.complete(reply);
                }
            }
            case RpcMessage.Request(String method, JsonNode parameters, JsonNode id) -> {
                // Section 4.1.11; a server has nothing else to ask a client.
                boolean echo = method.equals("echo");
                ObjectNode reply = JSON.objectNode();
                reply.set("id", id);
                reply.set("result", echo ? parameters : NullNode.instance);
                reply.set("error", echo ? NullNode.instance : JSON.textNode("unknown method"));
                send(reply, OvsdbClient.REQUEST_TIMEOUT);
            }
            case RpcMessage.Notification(String method) -> LOG.debug("ignored: {}", method);
        }
    }

    private void close(String reason) {
        if (!closeReason.compareAndSet("", reason)) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing", e);
        }
        IOException end = new IOException(reason);
        pending.values().forEach(reply -> reply.completeExceptionally(end));
    }

    @Override
    public void close() {
        close("closed");
    }
}
