package org.edgeplex.cvm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.edgeplex.bgp.fsm.State;
import org.edgeplex.bgp.session.DownReason;
import org.edgeplex.bgp.session.Negotiated;
import org.edgeplex.bgp.session.PeerConfig;
import org.edgeplex.bgp.session.PeerCounters;
import org.edgeplex.bgp.session.PeerSession;
import org.edgeplex.bgp.session.PeerStatus;
import org.edgeplex.bgp.session.RouteListener;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.Message;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// A route reflector that the test plays: what it was told, and what it says.
final class FakePeer implements PeerSession {
    static final AsNumber AS = new AsNumber(65000);

    final List<String> told = new ArrayList<>();
    private final Ipv4Address address;
    private final RouteListener listener;
    private State state = State.IDLE;

    FakePeer(Ipv4Address address, RouteListener listener) {
        this.address = address;
        this.listener = listener;
    }

    void establish() {
        state = State.ESTABLISHED;
        listener.established(negotiated());
    }

    void fail() {
        state = State.IDLE;
        listener.down(new DownReason.ConnectionFailed("cut"));
    }

    void says(RouteUpdate... updates) {
        listener.updates(List.of(updates));
    }

    void saysEndOfRib(AddressFamily family) {
        listener.endOfRib(family);
    }

    void asksForRefresh() {
        listener.routeRefreshRequested(AddressFamily.VPN_IPV4);
    }

    private Negotiated negotiated() {
        return new Negotiated(
                new Message.Open(AS, 90, address, List.of()),
                PeerType.INTERNAL,
                true,
                true,
                Set.of(AddressFamily.VPN_IPV4),
                90,
                Ipv4Address.parse("10.0.0.1"),
                address);
    }

    @Override
    public boolean announce(RouteUpdate.Announced announced) {
        if (state == State.ESTABLISHED) {
            announced
                    .routes()
                    .forEach(route ->
                            told.add("announce " + route + " next hop " + announced.nextHop()));
        }
        return state == State.ESTABLISHED;
    }

    @Override
    public boolean withdraw(RouteUpdate.Withdrawn withdrawn) {
        if (state == State.ESTABLISHED) {
            withdrawn.routes().forEach(route -> told.add("withdraw " + route));
        }
        return state == State.ESTABLISHED;
    }

    @Override
    public boolean endOfRib(AddressFamily family) {
        told.add("end of RIB");
        return true;
    }

    @Override
    public boolean requestRefresh(AddressFamily family) {
        return false;
    }

    @Override
    public PeerStatus status() {
        return new PeerStatus(
                PeerConfig.of(address, AS, AddressFamily.VPN_IPV4),
                state,
                Instant.EPOCH,
                state == State.ESTABLISHED ? Optional.of(negotiated()) : Optional.empty(),
                new PeerCounters(5, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                new DownReason.None());
    }

    @Override
    public void close(Cease reason) {
        told.add("close " + reason);
    }
}
