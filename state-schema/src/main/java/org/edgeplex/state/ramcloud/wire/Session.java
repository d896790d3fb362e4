package org.edgeplex.state.ramcloud.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.edgeplex.state.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to one server and the requests that are on the way on it.
///
/// A nonce is a count and the place of its request in a table, so that an answer is found without a
/// search and one that nobody waits for is known as such.
final class Session implements Transport.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int SLOTS = 64;
    private static final int SLOT_BITS = 6;

    private final String locator;
    private final EventLoop loop;
    private final Transport.Channel channel;
    private final FrameWriter writer = new FrameWriter();
    private final @Nullable Request[] requests = new @Nullable Request[SLOTS];
    private final long[] nonces = new long[SLOTS];

    /// Changed under the lock.
    private volatile int inFlight;

    private long count;
    private boolean ended;

    /// When something was heard, or the first request of a silent time was sent.
    private volatile long lifeSignNanos;

    private boolean pinged;

    Session(String locator, Transport transport, EventLoop loop) {
        this.locator = locator;
        this.loop = loop;
        this.lifeSignNanos = loop.nowNanos();
        this.channel = transport.connect(locator, this);
    }

    String locator() {
        return locator;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /// Takes the request, or returns false: the session has ended or its table is full.
    synchronized boolean send(Request request) {
        if (ended || inFlight == SLOTS) {
            return false;
        }
        int slot = freeSlot();
        long nonce = ++count << SLOT_BITS | slot;
        writer.begin(nonce);
        request.encode(writer);
        writer.end();
        requests[slot] = request;
        nonces[slot] = nonce;
        if (inFlight++ == 0) {
            lifeSignNanos = loop.nowNanos();
            pinged = false;
        }
        channel.send(writer.array(), writer.length());
        return true;
    }

    private int freeSlot() {
        int slot = 0;
        while (requests[slot] != null) {
            slot++;
        }
        return slot;
    }

    @Override
    public void received(long nonce, byte[] payload) {
        lifeSignNanos = loop.nowNanos();
        Request request = take(nonce);
        if (request == null) {
            LOG.debug("{} answered what nobody asked: {}", locator, nonce);
            return;
        }
        try {
            request.answered(payload);
        } catch (MalformedReplyException e) {
            String why = "answered with what is not RAMCloud's protocol: " + e.getMessage();
            LOG.warn("{} {}", locator, why);
            end(why);
            request.lost(why);
        }
    }

    @Override
    public boolean isOwed() {
        return inFlight > 0;
    }

    private synchronized @Nullable Request take(long nonce) {
        int slot = (int) (nonce & (SLOTS - 1));
        Request request = requests[slot];
        if (request == null || nonces[slot] != nonce) {
            return null;
        }
        requests[slot] = null;
        inFlight--;
        pinged = false;
        return request;
    }

    /// Nothing more is sent; what is on the way is lost.
    void end(String why) {
        synchronized (this) {
            ended = true;
        }
        channel.close(why);
    }

    @Override
    public void closed(String why) {
        List<Request> lost = new ArrayList<>();
        synchronized (this) {
            ended = true;
            for (Request request : requests) {
                if (request != null) {
                    lost.add(request);
                }
            }
            Arrays.fill(requests, null);
            inFlight = 0;
        }
        lost.forEach(request -> request.lost(why));
    }

    /// Gives the session up when the server owes answers and is silent, also to a PING: a server
    /// that is merely slow answers that.
    void watch(long stallNanos) {
        long silentNanos;
        boolean ping = false;
        synchronized (this) {
            if (ended || inFlight == 0) {
                return;
            }
            silentNanos = loop.nowNanos() - lifeSignNanos;
            if (!pinged && silentNanos > stallNanos / 2) {
                pinged = true;
                ping = true;
            }
        }
        if (ping) {
            send(new Ping());
        }
        if (silentNanos > stallNanos) {
            end("silent for %d ms".formatted(silentNanos / 1_000_000));
        }
    }

    /// Asks for any sign of life.
    private static final class Ping extends Request {
        @Override
        void encode(FrameWriter out) {
            Requests.ping(out);
        }

        @Override
        void answered(byte[] payload) {}

        @Override
        void lost(String why) {}
    }
}
