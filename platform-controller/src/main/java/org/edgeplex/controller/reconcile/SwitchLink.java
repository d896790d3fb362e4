package org.edgeplex.controller.reconcile;

import org.edgeplex.openflow.BridgeSpec;
import org.edgeplex.openflow.SwitchDatabase;
import org.edgeplex.openflow.SwitchSteering;

/// The PE's switch, if it has one.
public sealed interface SwitchLink {
    record NoSwitch() implements SwitchLink {}

    record Bridge(BridgeSpec bridge, SwitchDatabase database, SwitchSteering steering)
            implements SwitchLink {}
}
