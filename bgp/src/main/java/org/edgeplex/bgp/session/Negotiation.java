package org.edgeplex.bgp.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Capability;
import org.edgeplex.bgp.wire.MalformedMessage;
import org.edgeplex.bgp.wire.Message;
import org.edgeplex.bgp.wire.NotificationCode;
import org.edgeplex.bgp.wire.Octets;
import org.edgeplex.bgp.wire.OpenError;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.net.Ipv4Address;

/// What we offer in OPEN, and what follows from the peer's (RFC 4271, section 6.2; RFC 5492).
record Negotiation(SpeakerConfig speaker, PeerConfig peer) {
    private static final int CAPABILITY_GRACEFUL_RESTART = 64; // RFC 4724
    private static final Octets NO_RESTART_NO_FAMILIES = Octets.of((byte) 0, (byte) 0);

    PeerType peerType() {
        return speaker.localAs().equals(peer.peerAs()) ? PeerType.INTERNAL : PeerType.EXTERNAL;
    }

    Message.Open open() {
        List<Capability> capabilities = new ArrayList<>();
        for (AddressFamily family : peer.families()) {
            capabilities.add(new Capability.Multiprotocol(family));
        }
        capabilities.add(new Capability.RouteRefresh());
        if (peer.gracefulRestartAware()) {
            capabilities.add(
                    new Capability.Unknown(CAPABILITY_GRACEFUL_RESTART, NO_RESTART_NO_FAMILIES));
        }
        capabilities.add(new Capability.FourOctetAs(speaker.localAs()));
        return new Message.Open(
                speaker.localAs(), peer.holdTimeSeconds(), speaker.routerId(), capabilities);
    }

    Negotiated agree(Message.Open theirs, Ipv4Address localAddress) throws MalformedMessage {
        if (!theirs.as().equals(peer.peerAs())) {
            throw refused(
                    OpenError.BAD_PEER_AS, "AS " + theirs.as() + ", expected " + peer.peerAs());
        }
        boolean sameIdentifier = theirs.bgpIdentifier().equals(speaker.routerId());
        if (sameIdentifier && peerType() == PeerType.INTERNAL) {
            // RFC 6286, section 2.2.
            throw refused(
                    OpenError.BAD_BGP_IDENTIFIER, "our own identifier " + theirs.bgpIdentifier());
        }
        Set<AddressFamily> families =
                peer.families().stream()
                        .filter(theirs.families()::contains)
                        .collect(Collectors.toUnmodifiableSet());
        if (families.isEmpty()) {
            throw refused(
                    OpenError.UNSUPPORTED_CAPABILITY,
                    "offers " + theirs.families() + ", expected one of " + peer.families());
        }
        return new Negotiated(
                theirs,
                peerType(),
                theirs.offersFourOctetAs(),
                theirs.offers(new Capability.RouteRefresh()),
                families,
                Math.min(peer.holdTimeSeconds(), theirs.holdTimeSeconds()),
                localAddress,
                peer.peerAddress());
    }

    private static MalformedMessage refused(OpenError error, String detail) {
        return new MalformedMessage(
                Message.Notification.of(NotificationCode.OPEN_MESSAGE_ERROR, error.subcode()),
                detail);
    }
}
