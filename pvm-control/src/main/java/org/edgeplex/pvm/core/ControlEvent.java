package org.edgeplex.pvm.core;

import java.util.List;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;

/// What happened. Those of a session carry its number: what an ended session still says is void.
public sealed interface ControlEvent {
    /// The attachment's record is there, new or changed or as before.
    record AttachmentPresent(Attachment attachment) implements ControlEvent {}

    /// The attachment's record is gone, or not there yet.
    record AttachmentAbsent() implements ControlEvent {}

    /// Changes of the VRFs' tables, of any VRF.
    record VrfRoutesChanged(List<VrfRouteChange> changes) implements ControlEvent {
        public VrfRoutesChanged {
            changes = List.copyOf(changes);
        }
    }

    /// The answer to [Action.LoadVrfRoutes]: all that the VRF has.
    record VrfRoutesLoaded(List<VrfRouteChange.Present> routes) implements ControlEvent {
        public VrfRoutesLoaded {
            routes = List.copyOf(routes);
        }
    }

    sealed interface VrfRouteChange {
        VrfRouteKey key();

        record Present(VrfRouteKey key, VrfRoute route) implements VrfRouteChange {}

        record Absent(VrfRouteKey key) implements VrfRouteChange {}
    }

    /// The interface has this address: sessions can be bound to it.
    record LinkReady(Ipv4Address gateway) implements ControlEvent {}

    record Established(long session) implements ControlEvent {}

    record Updates(long session, List<RouteUpdate> changes) implements ControlEvent {
        public Updates {
            changes = List.copyOf(changes);
        }
    }

    record EndOfRib(long session, AddressFamily family) implements ControlEvent {}

    record RefreshRequested(long session, AddressFamily family) implements ControlEvent {}

    record Down(long session) implements ControlEvent {}

    /// The session was closed as wanted, or could not even be opened.
    record Closed(long session) implements ControlEvent {}

    /// Time has passed.
    record Tick() implements ControlEvent {}
}
