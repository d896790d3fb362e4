package org.edgeplex.openflow.ovsdb;

import static org.edgeplex.openflow.ovsdb.Json.everywhere;
import static org.edgeplex.openflow.ovsdb.Json.mutate;
import static org.edgeplex.openflow.ovsdb.Json.mutation;
import static org.edgeplex.openflow.ovsdb.Json.named;
import static org.edgeplex.openflow.ovsdb.Json.select;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.edgeplex.openflow.BridgeSpec;
import org.edgeplex.openflow.PortSpec;
import org.edgeplex.openflow.SwitchAddress;
import org.edgeplex.openflow.SwitchDatabase;
import org.edgeplex.openflow.SwitchOutcome;
import org.edgeplex.openflow.SwitchPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Open vSwitch's database: reads, writes what differs, waits until the switch has taken it in.
///
/// The waiting is the server's: a change bumps `next_cfg`, and a `wait` operation returns when
/// ovs-vswitchd has set `cur_cfg` to it (as ovs-vsctl does), which is when numbers and errors of
/// the ports are in the database.
public final class OvsdbSwitch implements SwitchDatabase {
    /// What the client allows the server beyond the wait itself.
    private static final Duration WAIT_GRACE = Duration.ofSeconds(1);

    private static final Duration NOTE_TIMEOUT = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(OvsdbSwitch.class);

    private final OvsdbClient client;

    /// @param client is owned: closed with this
    public OvsdbSwitch(OvsdbClient client) {
        this.client = client;
    }

    public static OvsdbSwitch at(SwitchAddress address) {
        return new OvsdbSwitch(new OvsdbClient(address));
    }

    @Override
    public SwitchOutcome<BridgeSpec> ensureBridge(BridgeSpec spec) {
        return client.transact(List.of(select("Bridge", named(spec.name()), Rows.BRIDGE_COLUMNS)))
                .then(results -> {
                    List<JsonNode> present = Json.rows(results.getFirst());
                    if (present.isEmpty()) {
                        return change(Rows.insertBridge(spec));
                    }
                    return Rows.isAs(spec, present.getFirst())
                            ? new SwitchOutcome.Done<>(false)
                            : change(Rows.correctBridge(spec));
                })
                .map(_ -> spec);
    }

    @Override
    public SwitchOutcome<Boolean> removeBridge(String bridge) {
        return client.transact(List.of(select("Bridge", named(bridge), "_uuid")))
                .then(results -> {
                    List<JsonNode> rows = Json.rows(results.getFirst());
                    if (rows.isEmpty()) {
                        return new SwitchOutcome.Done<>(false);
                    }
                    JsonNode uuid = rows.getFirst().path("_uuid");
                    return change(
                            List.of(
                                    mutate(
                                            "Open_vSwitch",
                                            everywhere(),
                                            mutation("bridges", "delete", uuid))));
                });
    }

    @Override
    public SwitchOutcome<SwitchPort.Ready> ensurePort(String bridge, PortSpec spec) {
        return portRows(bridge, spec.name()).then(rows -> ensurePort(bridge, spec, rows));
    }

    private SwitchOutcome<SwitchPort.Ready> ensurePort(
            String bridge, PortSpec spec, PortRows rows) {
        if (rows.bridge().isEmpty()) {
            return new SwitchOutcome.Refused<>("no bridge " + bridge);
        }
        if (rows.isElsewhere()) {
            return new SwitchOutcome.Refused<>("port " + spec.name() + " is not of " + bridge);
        }
        if (rows.port().isEmpty()) {
            return addPort(bridge, spec);
        }
        if (rows.isDeviceReplaced() || rows.asPort(spec.name()) instanceof SwitchPort.Broken) {
            return removePort(bridge, spec.name()).then(_ -> addPort(bridge, spec));
        }
        SwitchOutcome<Boolean> corrected =
                rows.isAs(spec) ? new SwitchOutcome.Done<>(true) : change(Rows.correctPort(spec));
        return corrected
                .then(_ -> portRows(bridge, spec.name()))
                .then(after -> after.readyOrRefused(spec.name()));
    }

    private SwitchOutcome<SwitchPort.Ready> addPort(String bridge, PortSpec spec) {
        SwitchOutcome<SwitchPort.Ready> added =
                change(Rows.insertPort(bridge, spec))
                        .then(_ -> portRows(bridge, spec.name()))
                        .then(after -> after.readyOrRefused(spec.name()));
        return switch (added) {
            case SwitchOutcome.Done<SwitchPort.Ready>(SwitchPort.Ready ready) -> noteDevice(ready);
            case SwitchOutcome.Refused<SwitchPort.Ready> _ ->
                    removePort(bridge, spec.name()).then(_ -> added);
            case SwitchOutcome.Unreachable<SwitchPort.Ready> _,
                    SwitchOutcome.Unanswered<SwitchPort.Ready> _ ->
                    added;
        };
    }

    /// Best effort: a port without the note works, it is only not found out when it goes deaf.
    private SwitchOutcome<SwitchPort.Ready> noteDevice(SwitchPort.Ready ready) {
        String name = ready.name();
        SwitchOutcome<List<JsonNode>> noted =
                client.transact(
                                List.of(
                                        Rows.awaitDevice(name, NOTE_TIMEOUT.toMillis()),
                                        select("Interface", named(name), "ifindex")))
                        .then(results ->
                                client.transact(
                                        Rows.noteDevice(
                                                name, results.getLast().path("rows").path(0))));
        if (!(noted instanceof SwitchOutcome.Done)) {
            LOG.warn("port {}: its device is not noted: {}", name, noted);
        }
        return new SwitchOutcome.Done<>(ready);
    }

    @Override
    public SwitchOutcome<Boolean> removePort(String bridge, String port) {
        return portRows(bridge, port)
                .then(rows -> {
                    if (rows.bridge().isEmpty() || rows.port().isEmpty() || rows.isElsewhere()) {
                        return new SwitchOutcome.Done<>(false);
                    }
                    JsonNode uuid = rows.port().getFirst().path("_uuid");
                    return change(
                            List.of(
                                    mutate(
                                            "Bridge",
                                            named(bridge),
                                            mutation("ports", "delete", uuid))));
                });
    }

    private SwitchOutcome<PortRows> portRows(String bridge, String port) {
        return client.transact(
                        List.of(
                                select("Bridge", named(bridge), "ports"),
                                select("Port", named(port), Rows.PORT_COLUMNS),
                                select("Interface", named(port), Rows.INTERFACE_COLUMNS)))
                .map(results ->
                        new PortRows(
                                Json.rows(results.get(0)),
                                Json.rows(results.get(1)),
                                Json.rows(results.get(2))));
    }

    @Override
    public SwitchOutcome<SortedMap<String, SwitchPort>> listPorts(String bridge) {
        return client.transact(
                        List.of(
                                select("Bridge", named(bridge), "ports"),
                                select("Port", everywhere(), Rows.PORT_COLUMNS),
                                select("Interface", everywhere(), Rows.INTERFACE_COLUMNS)))
                .map(results ->
                        ports(
                                bridge,
                                Json.rows(results.get(0)),
                                Json.rows(results.get(1)),
                                Json.rows(results.get(2))));
    }

    private static SortedMap<String, SwitchPort> ports(
            String bridge, List<JsonNode> bridges, List<JsonNode> ports, List<JsonNode> devices) {
        Set<String> ofBridge = new HashSet<>();
        bridges.forEach(row -> ofBridge.addAll(Json.uuids(row.path("ports"))));
        Map<String, JsonNode> deviceByName = new HashMap<>();
        devices.forEach(row -> deviceByName.put(row.path("name").asText(), row));
        SortedMap<String, SwitchPort> found = new TreeMap<>();
        for (JsonNode port : ports) {
            String name = port.path("name").asText();
            JsonNode device = deviceByName.get(name);
            if (ofBridge.contains(port.path("_uuid").path(1).asText())
                    && !name.equals(bridge)
                    && device != null) {
                found.put(name, Rows.port(name, port, device));
            }
        }
        return found;
    }

    /// Makes the change and waits for the switch; always true.
    private SwitchOutcome<Boolean> change(List<ObjectNode> operations) {
        List<ObjectNode> all = new ArrayList<>(operations);
        all.add(
                mutate(
                        "Open_vSwitch",
                        everywhere(),
                        mutation("next_cfg", "+=", IntNode.valueOf(1))));
        all.add(select("Open_vSwitch", everywhere(), "next_cfg"));
        return client.transact(all)
                .then(results ->
                        awaitSwitch(
                                results.getLast().path("rows").path(0).path("next_cfg").asLong()));
    }

    private SwitchOutcome<Boolean> awaitSwitch(long config) {
        ObjectNode wait = Json.object().put("op", "wait").put("table", "Open_vSwitch");
        wait.put("timeout", client.timeout().toMillis());
        wait.set("where", Json.where("cur_cfg", ">=", LongNode.valueOf(config)));
        wait.set("columns", Json.array("cur_cfg"));
        wait.put("until", "!=").set("rows", Json.array());
        SwitchOutcome<List<JsonNode>> waited =
                client.transact(List.of(wait), client.timeout().plus(WAIT_GRACE));
        return switch (waited) {
            case SwitchOutcome.Refused<List<JsonNode>>(String error) ->
                    new SwitchOutcome.Unanswered<>("ovs-vswitchd does not take it in: " + error);
            case SwitchOutcome.Done<List<JsonNode>> _,
                    SwitchOutcome.Unreachable<List<JsonNode>> _,
                    SwitchOutcome.Unanswered<List<JsonNode>> _ ->
                    waited.map(_ -> true);
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
