package org.edgeplex.openflow;

import java.util.SortedMap;

/// The bridges and ports of one switch: the seam between the controller and OVSDB.
///
/// Every operation may be repeated: what is already so is left as it is. Calls block, never past
/// the implementation's deadline; any thread may call.
public interface SwitchDatabase extends AutoCloseable {
    SwitchOutcome<BridgeSpec> ensureBridge(BridgeSpec spec);

    /// Waits until the switch has given the port its number. `Refused` says why it cannot, e.g.
    /// that there is no such device; the port is then not in the database.
    SwitchOutcome<SwitchPort.Ready> ensurePort(String bridge, PortSpec spec);

    /// True if there was such a port.
    SwitchOutcome<Boolean> removePort(String bridge, String port);

    /// By name, without the bridge's own (local) port. A bridge that does not exist has none.
    SwitchOutcome<SortedMap<String, SwitchPort>> listPorts(String bridge);

    /// True if there was such a bridge.
    SwitchOutcome<Boolean> removeBridge(String bridge);

    @Override
    void close();
}
