package org.edgeplex.openflow.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.edgeplex.openflow.PortSpec;
import org.edgeplex.openflow.SwitchOutcome;
import org.edgeplex.openflow.SwitchPort;

/// What the database has under the name of one bridge and one port: no row or one, of each kind.
record PortRows(List<JsonNode> bridge, List<JsonNode> port, List<JsonNode> device) {
    /// There is such a port, but it is another bridge's.
    boolean isElsewhere() {
        return !port.isEmpty()
                && bridge.stream()
                        .noneMatch(row ->
                                Json.uuids(row.path("ports"))
                                        .contains(port.getFirst().path("_uuid").path(1).asText()));
    }

    boolean isAs(PortSpec spec) {
        return !port.isEmpty()
                && !device.isEmpty()
                && Rows.isAs(spec, port.getFirst(), device.getFirst());
    }

    boolean isDeviceReplaced() {
        return !device.isEmpty() && Rows.isReplaced(device.getFirst());
    }

    SwitchPort asPort(String name) {
        return port.isEmpty() || device.isEmpty()
                ? new SwitchPort.Broken(name, "gone", new PortSpec.Owner.Foreign())
                : Rows.port(name, port.getFirst(), device.getFirst());
    }

    SwitchOutcome<SwitchPort.Ready> readyOrRefused(String name) {
        return switch (asPort(name)) {
            case SwitchPort.Ready ready -> new SwitchOutcome.Done<>(ready);
            case SwitchPort.Broken(_, String error, _) -> new SwitchOutcome.Refused<>(error);
        };
    }
}
