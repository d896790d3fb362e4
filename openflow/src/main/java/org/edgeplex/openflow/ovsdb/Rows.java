package org.edgeplex.openflow.ovsdb;

import static org.edgeplex.openflow.ovsdb.Json.everywhere;
import static org.edgeplex.openflow.ovsdb.Json.insert;
import static org.edgeplex.openflow.ovsdb.Json.mutate;
import static org.edgeplex.openflow.ovsdb.Json.mutation;
import static org.edgeplex.openflow.ovsdb.Json.named;
import static org.edgeplex.openflow.ovsdb.Json.namedUuid;
import static org.edgeplex.openflow.ovsdb.Json.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeplex.openflow.BridgeSpec;
import org.edgeplex.openflow.PortSpec;
import org.edgeplex.openflow.PortSpec.OfportRequest;
import org.edgeplex.openflow.PortSpec.Owner;
import org.edgeplex.openflow.SwitchPort;

/// Rows of ovs-vswitchd.conf.db(5), from and to our types.
final class Rows {
    static final String[] BRIDGE_COLUMNS = {
        "datapath_type", "fail_mode", "protocols", "other_config"
    };
    static final String[] PORT_COLUMNS = {"_uuid", "name", "external_ids"};
    static final String[] INTERFACE_COLUMNS = {
        "name", "type", "ofport", "ofport_request", "error", "ifindex", "external_ids"
    };

    private static final String DATAPATH_TYPE = "netdev";
    private static final String FAIL_MODE = "secure";

    /// 1.0 is for ovs-ofctl, which speaks it unless told otherwise.
    private static final List<String> PROTOCOLS =
            List.of("OpenFlow10", "OpenFlow13", "OpenFlow14", "OpenFlow15");

    private static final String OWNER_KEY = "edgeplex";
    private static final String OWNER_PROVIDER_EDGE = "pe";

    /// The kernel's index of the device that the port was opened with.
    private static final String DEVICE_KEY = "edgeplex-ifindex";

    private Rows() {}

    static List<ObjectNode> insertBridge(BridgeSpec spec) {
        ObjectNode device = Json.object().put("name", spec.name()).put("type", "internal");
        ObjectNode port = Json.object().put("name", spec.name());
        port.set("interfaces", namedUuid("device"));
        ObjectNode bridge = bridgeColumns().put("name", spec.name());
        bridge.set("ports", namedUuid("port"));
        bridge.set("other_config", Json.map(otherConfig(spec)));
        return List.of(
                insert("Interface", "device", device),
                insert("Port", "port", port),
                insert("Bridge", "bridge", bridge),
                mutate(
                        "Open_vSwitch",
                        everywhere(),
                        mutation("bridges", "insert", namedUuid("bridge"))));
    }

    /// Sets our columns, and of `other_config` our keys.
    static List<ObjectNode> correctBridge(BridgeSpec spec) {
        Map<String, String> config = otherConfig(spec);
        return List.of(
                update("Bridge", named(spec.name()), bridgeColumns()),
                mutate(
                        "Bridge",
                        named(spec.name()),
                        mutation("other_config", "delete", Json.stringSet(config.keySet())),
                        mutation("other_config", "insert", Json.map(config))));
    }

    static boolean isAs(BridgeSpec spec, JsonNode row) {
        Set<String> protocols = new HashSet<>(Json.strings(row.path("protocols")));
        return row.path("datapath_type").asText().equals(DATAPATH_TYPE)
                && Json.strings(row.path("fail_mode")).equals(List.of(FAIL_MODE))
                && protocols.equals(Set.copyOf(PROTOCOLS))
                && Json.entries(row.path("other_config"))
                        .entrySet()
                        .containsAll(otherConfig(spec).entrySet());
    }

    private static ObjectNode bridgeColumns() {
        ObjectNode row = Json.object().put("datapath_type", DATAPATH_TYPE);
        row.put("fail_mode", FAIL_MODE).set("protocols", Json.stringSet(PROTOCOLS));
        return row;
    }

    private static Map<String, String> otherConfig(BridgeSpec spec) {
        return Map.of("datapath-id", spec.datapathIdText(), "disable-in-band", "true");
    }

    static List<ObjectNode> insertPort(String bridge, PortSpec spec) {
        ObjectNode device = deviceColumns(spec).put("name", spec.name());
        ObjectNode port = Json.object().put("name", spec.name());
        port.set("interfaces", namedUuid("device"));
        port.set("external_ids", Json.map(Map.of(OWNER_KEY, ownerText(spec.owner()))));
        return List.of(
                insert("Interface", "device", device),
                insert("Port", "port", port),
                mutate("Bridge", named(bridge), mutation("ports", "insert", namedUuid("port"))));
    }

    static List<ObjectNode> correctPort(PortSpec spec) {
        Map<String, String> owner = Map.of(OWNER_KEY, ownerText(spec.owner()));
        return List.of(
                update("Interface", named(spec.name()), deviceColumns(spec)),
                mutate(
                        "Port",
                        named(spec.name()),
                        mutation("external_ids", "delete", Json.stringSet(owner.keySet())),
                        mutation("external_ids", "insert", Json.map(owner))));
    }

    static boolean isAs(PortSpec spec, JsonNode port, JsonNode device) {
        boolean sameNumber =
                switch (spec.request()) {
                    // Any number is right, also one that was asked for at another time.
                    case OfportRequest.Any() -> true;
                    case OfportRequest.Requested(int ofport) ->
                            Json.strings(device.path("ofport_request"))
                                    .equals(List.of(Integer.toString(ofport)));
                };
        return sameNumber
                && typeText(spec.kind()).equals(normalType(device.path("type").asText()))
                && owner(port).equals(spec.owner());
    }

    private static ObjectNode deviceColumns(PortSpec spec) {
        ObjectNode row = Json.object().put("type", typeText(spec.kind()));
        switch (spec.request()) {
            case OfportRequest.Any() -> {}
            case OfportRequest.Requested(int ofport) ->
                    row.set("ofport_request", IntNode.valueOf(ofport));
        }
        return row;
    }

    private static String typeText(PortSpec.Kind kind) {
        return switch (kind) {
            case SYSTEM -> "system";
            case INTERNAL -> "internal";
        };
    }

    /// The empty type is `system`, and so does ovs-vsctl write it.
    private static String normalType(String type) {
        return type.isEmpty() ? "system" : type;
    }

    private static String ownerText(Owner owner) {
        return switch (owner) {
            case Owner.ProviderEdge() -> OWNER_PROVIDER_EDGE;
            case Owner.Attachment(long attachmentNumber) -> Long.toString(attachmentNumber);
            case Owner.Foreign() -> throw new IllegalArgumentException("a foreign port");
        };
    }

    private static Owner owner(JsonNode port) {
        String text = Json.entries(port.path("external_ids")).getOrDefault(OWNER_KEY, "");
        if (text.equals(OWNER_PROVIDER_EDGE)) {
            return new Owner.ProviderEdge();
        }
        return text.matches("[0-9]{1,18}")
                ? new Owner.Attachment(Long.parseLong(text))
                : new Owner.Foreign();
    }

    /// Ready if the switch has given a number (none means not looked at yet, -1 failed) and the
    /// device is still there: when it goes, number and error stay as they were, but its index is 0.
    static SwitchPort port(String name, JsonNode port, JsonNode device) {
        int ofport =
                Json.elements(device.path("ofport")).stream()
                        .findFirst()
                        .map(JsonNode::asInt)
                        .orElse(0);
        if (ofport > 0 && !isDeviceGone(device)) {
            return new SwitchPort.Ready(name, ofport, owner(port));
        }
        List<String> error = Json.strings(device.path("error"));
        if (!error.isEmpty()) {
            return new SwitchPort.Broken(name, error.getFirst(), owner(port));
        }
        return new SwitchPort.Broken(
                name, ofport > 0 ? "No such device" : "no number yet", owner(port));
    }

    /// Of system devices only: a patch port, say, never has an index.
    private static boolean isDeviceGone(JsonNode device) {
        return normalType(device.path("type").asText()).equals("system")
                && Json.strings(device.path("ifindex")).equals(List.of("0"));
    }

    /// The device is another one of the same name than the port was opened with. Open vSwitch goes
    /// on listening to the one that is gone, and says nothing: the port has to be made anew.
    static boolean isReplaced(JsonNode device) {
        String opened = Json.entries(device.path("external_ids")).getOrDefault(DEVICE_KEY, "");
        List<String> present = Json.strings(device.path("ifindex"));
        return !opened.isEmpty()
                && !present.isEmpty()
                && !present.getFirst().equals("0")
                && !present.getFirst().equals(opened);
    }

    static ObjectNode awaitDevice(String name, long timeoutMillis) {
        ObjectNode wait = Json.object().put("op", "wait").put("table", "Interface");
        wait.put("timeout", timeoutMillis).put("until", "!=");
        wait.set("where", named(name));
        wait.set("columns", Json.array("ifindex"));
        ObjectNode none = Json.object();
        none.set("ifindex", Json.set(List.of()));
        wait.set("rows", Json.array().add(none));
        return wait;
    }

    /// Notes the index for [#isReplaced].
    static List<ObjectNode> noteDevice(String name, JsonNode device) {
        String index = String.join("", Json.strings(device.path("ifindex")));
        return List.of(
                mutate(
                        "Interface",
                        named(name),
                        mutation("external_ids", "delete", Json.stringSet(Set.of(DEVICE_KEY))),
                        mutation("external_ids", "insert", Json.map(Map.of(DEVICE_KEY, index)))));
    }
}
