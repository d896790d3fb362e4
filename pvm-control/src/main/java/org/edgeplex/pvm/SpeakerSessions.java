package org.edgeplex.pvm;

import java.io.IOException;
import org.edgeplex.bgp.session.BgpSpeaker;
import org.edgeplex.bgp.session.PeerConfig;
import org.edgeplex.bgp.session.PeerSession;
import org.edgeplex.bgp.session.PeerStatus;
import org.edgeplex.bgp.session.RouteListener;
import org.edgeplex.bgp.session.SpeakerConfig;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.pvm.core.PeerSpec;

/// Sessions of the real speaker: one speaker per session, since its AS number is the attachment's.
///
/// The gateway's address is the BGP identifier: the CE sees one PE, and it is unique in the VPN.
final class SpeakerSessions implements CustomerSessions {
    @Override
    public PeerSession open(PeerSpec peer, RouteListener listener) throws IOException {
        BgpSpeaker speaker =
                BgpSpeaker.open(
                        new SpeakerConfig(
                                peer.localAs(),
                                peer.localAddress(),
                                peer.localAddress(),
                                SpeakerConfig.BGP_PORT));
        PeerConfig config =
                PeerConfig.of(peer.peerAddress(), peer.peerAs(), AddressFamily.IPV4_UNICAST)
                        .withLocalAddress(peer.localAddress())
                        .withTimes(
                                peer.holdTimeSeconds(),
                                PeerConfig.CONNECT_RETRY_SECONDS,
                                PeerConfig.IDLE_HOLD_SECONDS);
        return new Session(speaker, speaker.addPeer(config, listener));
    }

    /// A peer that takes its speaker along when it is closed.
    private record Session(BgpSpeaker speaker, PeerSession peer) implements PeerSession {
        @Override
        public boolean announce(RouteUpdate.Announced announced) {
            return peer.announce(announced);
        }

        @Override
        public boolean withdraw(RouteUpdate.Withdrawn withdrawn) {
            return peer.withdraw(withdrawn);
        }

        @Override
        public boolean endOfRib(AddressFamily family) {
            return peer.endOfRib(family);
        }

        @Override
        public boolean requestRefresh(AddressFamily family) {
            return peer.requestRefresh(family);
        }

        @Override
        public PeerStatus status() {
            return peer.status();
        }

        @Override
        public void close(Cease reason) {
            peer.close(reason);
            speaker.close();
        }
    }
}
