package org.edgeplex.controller.reconcile;

import java.time.Duration;
import org.edgeplex.state.record.ProviderEdge;

/// The PE as its configuration wants it.
///
/// @param cvmWanted whether this controller runs the CVM
/// @param vlans the VLAN ids that attachments get
/// @param routesDeadline how long a withdrawn access's control process has to take its routes back
/// @param labelDeadline how long the CVM then has to release the label
public record PlatformSpec(
        ProviderEdge self,
        boolean cvmWanted,
        VlanRange vlans,
        SwitchWiring wiring,
        Duration routesDeadline,
        Duration labelDeadline) {

    public static final Duration ROUTES_DEADLINE = Duration.ofSeconds(10);
    public static final Duration LABEL_DEADLINE = Duration.ofSeconds(30);
}
