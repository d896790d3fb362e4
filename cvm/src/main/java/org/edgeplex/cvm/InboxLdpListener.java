package org.edgeplex.cvm;

import java.util.List;
import org.edgeplex.ldp.discovery.Neighbor;
import org.edgeplex.ldp.fsm.SessionDownReason;
import org.edgeplex.ldp.session.LdpListener;
import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;

/// Carries what LDP tells from the speaker's thread to the CVM's.
record InboxLdpListener(Inbox inbox, LdpListener target) implements LdpListener {
    @Override
    public void neighborHeard(Neighbor neighbor) {
        inbox.put(() -> target.neighborHeard(neighbor));
    }

    @Override
    public void neighborLost(Neighbor neighbor) {
        inbox.put(() -> target.neighborLost(neighbor));
    }

    @Override
    public void sessionUp(Neighbor neighbor) {
        inbox.put(() -> target.sessionUp(neighbor));
    }

    @Override
    public void sessionDown(Neighbor neighbor, SessionDownReason reason) {
        inbox.put(() -> target.sessionDown(neighbor, reason));
    }

    @Override
    public void addressesChanged(LdpIdentifier peer, List<Ipv4Address> addresses) {
        inbox.put(() -> target.addressesChanged(peer, addresses));
    }

    @Override
    public void mappingReceived(LdpIdentifier peer, Ipv4Prefix fec, MplsLabel label) {
        inbox.put(() -> target.mappingReceived(peer, fec, label));
    }

    @Override
    public void mappingWithdrawn(LdpIdentifier peer, Ipv4Prefix fec) {
        inbox.put(() -> target.mappingWithdrawn(peer, fec));
    }
}
