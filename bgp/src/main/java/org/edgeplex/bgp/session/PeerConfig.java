package org.edgeplex.bgp.session;

import java.util.List;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Message;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// What makes one peer.
///
/// - `localAddress`: bound before connecting; 0.0.0.0 leaves the choice to the kernel.
/// - `port`: the peer's, to connect to.
/// - `holdTimeSeconds`: offered; 0 (no KEEPALIVEs) or at least 3.
/// - `connectRetrySeconds`: between attempts to connect, before jitter.
/// - `idleHoldSeconds`: rest in Idle after an error, before the next start.
/// - `passive`: wait for the peer to connect, never connect.
/// - `gracefulRestartAware`: offer the capability of RFC 4724 without any family. Most peers send
///   End-of-RIB only to those who do. It promises that the program keeps a restarting peer's routes
///   as stale after [RouteListener#down] (section 4.2).
public record PeerConfig(
        Ipv4Address peerAddress,
        AsNumber peerAs,
        Ipv4Address localAddress,
        int port,
        int holdTimeSeconds,
        int connectRetrySeconds,
        int idleHoldSeconds,
        List<AddressFamily> families,
        boolean passive,
        boolean gracefulRestartAware) {
    public static final int HOLD_TIME_SECONDS = 90; // RFC 4271, section 10
    public static final int CONNECT_RETRY_SECONDS = 5;
    public static final int IDLE_HOLD_SECONDS = 1;

    public PeerConfig {
        families = List.copyOf(families);
        if (families.isEmpty() || !families.stream().allMatch(AddressFamily::isKnown)) {
            throw new IllegalArgumentException("no family that we speak: " + families);
        }
        if (port < 1 || port > 0xffff) {
            throw new IllegalArgumentException("no port: " + port);
        }
        if (holdTimeSeconds < 0
                || holdTimeSeconds > 0xffff
                || holdTimeSeconds > 0 && holdTimeSeconds < Message.Open.HOLD_TIME_SECONDS_MIN) {
            throw new IllegalArgumentException("no hold time: " + holdTimeSeconds);
        }
        if (connectRetrySeconds < 1 || idleHoldSeconds < 1) {
            throw new IllegalArgumentException("times must be at least one second");
        }
    }

    /// Port 179, the times of RFC 4271, and connecting as well as accepting.
    public static PeerConfig of(
            Ipv4Address peerAddress, AsNumber peerAs, AddressFamily... families) {
        return new PeerConfig(
                peerAddress,
                peerAs,
                Ipv4Address.ANY,
                SpeakerConfig.BGP_PORT,
                HOLD_TIME_SECONDS,
                CONNECT_RETRY_SECONDS,
                IDLE_HOLD_SECONDS,
                List.of(families),
                false,
                false);
    }

    public PeerConfig withLocalAddress(Ipv4Address address) {
        return new PeerConfig(
                peerAddress,
                peerAs,
                address,
                port,
                holdTimeSeconds,
                connectRetrySeconds,
                idleHoldSeconds,
                families,
                passive,
                gracefulRestartAware);
    }

    public PeerConfig withPort(int peerPort) {
        return new PeerConfig(
                peerAddress,
                peerAs,
                localAddress,
                peerPort,
                holdTimeSeconds,
                connectRetrySeconds,
                idleHoldSeconds,
                families,
                passive,
                gracefulRestartAware);
    }

    public PeerConfig withTimes(int holdSeconds, int retrySeconds, int idleSeconds) {
        return new PeerConfig(
                peerAddress,
                peerAs,
                localAddress,
                port,
                holdSeconds,
                retrySeconds,
                idleSeconds,
                families,
                passive,
                gracefulRestartAware);
    }

    public PeerConfig withPassive(boolean waits) {
        return new PeerConfig(
                peerAddress,
                peerAs,
                localAddress,
                port,
                holdTimeSeconds,
                connectRetrySeconds,
                idleHoldSeconds,
                families,
                waits,
                gracefulRestartAware);
    }

    public PeerConfig withGracefulRestartAware(boolean aware) {
        return new PeerConfig(
                peerAddress,
                peerAs,
                localAddress,
                port,
                holdTimeSeconds,
                connectRetrySeconds,
                idleHoldSeconds,
                families,
                passive,
                aware);
    }
}
