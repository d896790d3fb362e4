package org.edgeplex.pvm;

import java.util.List;
import org.edgeplex.bgp.session.DownReason;
import org.edgeplex.bgp.session.Negotiated;
import org.edgeplex.bgp.session.RouteListener;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.pvm.core.ControlEvent;

/// Hands what one session says to the control loop, with the session's number.
record QueueingListener(long session, EventQueue events) implements RouteListener {
    @Override
    public void established(Negotiated negotiated) {
        events.put(new ControlEvent.Established(session));
    }

    @Override
    public void updates(List<RouteUpdate> changes) {
        events.put(new ControlEvent.Updates(session, changes));
    }

    @Override
    public void endOfRib(AddressFamily family) {
        events.put(new ControlEvent.EndOfRib(session, family));
    }

    @Override
    public void routeRefreshRequested(AddressFamily family) {
        events.put(new ControlEvent.RefreshRequested(session, family));
    }

    @Override
    public void down(DownReason reason) {
        events.put(new ControlEvent.Down(session));
    }
}
