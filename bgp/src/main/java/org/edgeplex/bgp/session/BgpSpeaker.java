package org.edgeplex.bgp.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.net.Ipv4Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A BGP speaker: one AS number, one router id, any number of peers.
public final class BgpSpeaker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BgpSpeaker.class);
    private static final int BACKLOG = 64;
    private static final long ACCEPT_RETRY_SECONDS = 1;

    private final SpeakerConfig config;
    private final SessionClock clock;
    private final RandomGenerator random;
    private final Optional<ServerSocket> listener;
    private final Map<Ipv4Address, Peer> peers = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private BgpSpeaker(
            SpeakerConfig config,
            SessionClock clock,
            RandomGenerator random,
            Optional<ServerSocket> listener) {
        this.config = config;
        this.clock = clock;
        this.random = random;
        this.listener = listener;
    }

    /// Starts to listen, if the configuration says so, with the machine's time and randomness.
    public static BgpSpeaker open(SpeakerConfig config) throws IOException {
        return open(config, SessionClock.system(), RandomGenerator.getDefault());
    }

    public static BgpSpeaker open(SpeakerConfig config, SessionClock clock, RandomGenerator random)
            throws IOException {
        Optional<ServerSocket> listener =
                config.listenPort() == SpeakerConfig.NO_LISTENER
                        ? Optional.empty()
                        : Optional.of(listen(config));
        BgpSpeaker speaker = new BgpSpeaker(config, clock, random, listener);
        listener.ifPresent(socket ->
                Thread.ofVirtual()
                        .name("bgp-listener-" + socket.getLocalPort())
                        .start(() -> speaker.acceptAll(socket)));
        return speaker;
    }

    private static ServerSocket listen(SpeakerConfig config) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(
                    new InetSocketAddress(
                            Peer.inetAddress(config.listenAddress()), config.listenPort()),
                    BACKLOG);
            return socket;
        } catch (IOException error) {
            socket.close();
            throw new IOException(
                    "cannot listen on " + config.listenAddress() + ":" + config.listenPort(),
                    error);
        }
    }

    /// Starts to connect to the peer, and to wait for it.
    ///
    /// The listener's calls come on the peer's own thread, the first perhaps before this returns.
    public PeerSession addPeer(PeerConfig peerConfig, RouteListener routeListener) {
        Peer peer = new Peer(config, peerConfig, routeListener, clock, random, this::removePeer);
        if (peers.putIfAbsent(peerConfig.peerAddress(), peer) != null) {
            throw new IllegalArgumentException("a peer already: " + peerConfig.peerAddress());
        }
        peer.start();
        return peer;
    }

    private void removePeer(Peer peer) {
        peers.remove(peer.config().peerAddress(), peer);
    }

    /// The port that was really bound.
    public int listenPort() {
        return listener.map(ServerSocket::getLocalPort).orElse(SpeakerConfig.NO_LISTENER);
    }

    private void acceptAll(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                accepted(socket.accept());
            } catch (IOException error) {
                if (!socket.isClosed()) {
                    log.error("cannot accept connections, trying again", error);
                    awaitRetry();
                }
            }
        }
    }

    private void accepted(Socket socket) {
        Optional<Peer> peer =
                Optional.ofNullable(peers.get(Connection.address(socket.getInetAddress())));
        peer.ifPresentOrElse(
                known -> known.accepted(socket),
                () -> {
                    log.debug("refused a connection of {}", socket.getInetAddress());
                    Peer.closeQuietly(socket);
                });
    }

    private void awaitRetry() {
        try {
            boolean _ = closed.await(ACCEPT_RETRY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Closes all peers with Cease/Administrative Shutdown and stops to listen.
    @Override
    public void close() {
        closed.countDown();
        listener.ifPresent(socket -> {
            try {
                socket.close();
            } catch (IOException error) {
                log.warn("closing the listener", error);
            }
        });
        List.copyOf(peers.values()).forEach(peer -> peer.close(Cease.ADMINISTRATIVE_SHUTDOWN));
    }
}
