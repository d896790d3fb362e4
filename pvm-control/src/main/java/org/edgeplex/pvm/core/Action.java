package org.edgeplex.pvm.core;

import java.util.List;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.Cease;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.pvm.link.LinkSpec;
import org.edgeplex.state.record.CustomerRoute;

/// What is to be done, in this order: the store's part always comes first.
public sealed interface Action {
    /// A change of the attachment's `customer_routes`.
    sealed interface RouteWrite extends Action {
        Ipv4Prefix prefix();
    }

    record PutRoute(Ipv4Prefix prefix, CustomerRoute route) implements RouteWrite {}

    record RemoveRoute(Ipv4Prefix prefix) implements RouteWrite {}

    /// Says which `sessions` records may exist; those of other peers are removed.
    record RetainSessionRecords(List<Ipv4Address> peers) implements Action {
        public RetainSessionRecords {
            peers = List.copyOf(peers);
        }
    }

    /// To be answered with [ControlEvent.VrfRoutesLoaded], before any later event.
    record LoadVrfRoutes(int vrfNumber) implements Action {}

    record ConfigureLink(LinkSpec link) implements Action {}

    record OpenSession(long session, PeerSpec peer) implements Action {}

    /// To be answered with [ControlEvent.Closed].
    record CloseSession(long session, Cease cease) implements Action {}

    record Send(RouteUpdate update) implements Action {}

    record SendEndOfRib(AddressFamily family) implements Action {}
}
