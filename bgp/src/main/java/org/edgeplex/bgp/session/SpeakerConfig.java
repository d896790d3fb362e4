package org.edgeplex.bgp.session;

import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// What all sessions of a speaker have in common.
///
/// `listenAddress` 0.0.0.0 listens on all addresses; `listenPort` [#NO_LISTENER] on none, 0 on any
/// free port (for tests, see [BgpSpeaker#listenPort]).
public record SpeakerConfig(
        AsNumber localAs, Ipv4Address routerId, Ipv4Address listenAddress, int listenPort) {
    public static final int BGP_PORT = 179;
    public static final int NO_LISTENER = -1;

    public SpeakerConfig {
        if (routerId.bits() == 0) {
            throw new IllegalArgumentException("router id 0.0.0.0 (RFC 6286, section 2.1)");
        }
        if (listenPort < NO_LISTENER || listenPort > 0xffff) {
            throw new IllegalArgumentException("no port: " + listenPort);
        }
    }

    /// Listens on port 179 of all addresses.
    public static SpeakerConfig of(AsNumber localAs, Ipv4Address routerId) {
        return new SpeakerConfig(localAs, routerId, Ipv4Address.ANY, BGP_PORT);
    }
}
