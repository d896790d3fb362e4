package org.edgeplex.cvm.vpn;

import java.util.List;
import java.util.Map;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;

/// What has to happen so that store and peers agree with the tables: first the store, then the
/// peers.
public record VpnChanges(
        Map<VrfRouteKey, VrfRoute> routesPut,
        List<VrfRouteKey> routesRemoved,
        List<Export> announced,
        List<Nlri.VpnIpv4> withdrawn) {
    public boolean isEmpty() {
        return routesPut.isEmpty()
                && routesRemoved.isEmpty()
                && announced.isEmpty()
                && withdrawn.isEmpty();
    }
}
