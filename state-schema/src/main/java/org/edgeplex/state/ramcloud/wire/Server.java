package org.edgeplex.state.ramcloud.wire;

import java.util.EnumMap;
import java.util.Map;
import org.edgeplex.state.EventLoop;
import org.jspecify.annotations.Nullable;

/// A master: its connection, made when something is to be sent, and its lanes.
final class Server {
    private final String locator;
    private final Transport transport;
    private final EventLoop loop;
    private final Map<Kind, Lane> lanes = new EnumMap<>(Kind.class);
    private @Nullable Session session;

    /// By what the coordinator knows it.
    private volatile long id;

    Server(String locator, Transport transport, EventLoop loop, Retries retries, Linear linear) {
        this.locator = locator;
        this.transport = transport;
        this.loop = loop;
        for (Kind kind : Kind.values()) {
            lanes.put(kind, new Lane(kind, this, retries, linear));
        }
    }

    String locator() {
        return locator;
    }

    long id() {
        return id;
    }

    void id(long known) {
        id = known;
    }

    Lane lane(Kind kind) {
        Lane lane = lanes.get(kind);
        if (lane == null) {
            throw new IllegalStateException("no lane of kind " + kind);
        }
        return lane;
    }

    boolean send(Request request) {
        return current().send(request);
    }

    private synchronized Session current() {
        Session existing = session;
        if (existing == null || existing.isEnded()) {
            existing = new Session(locator, transport, loop);
            session = existing;
        }
        return existing;
    }

    void watch(long stallNanos) {
        Session watched;
        synchronized (this) {
            watched = session;
        }
        if (watched != null) {
            watched.watch(stallNanos);
        }
    }
}
