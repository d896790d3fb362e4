package org.edgeplex.controller.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.edgeplex.controller.event.LoggedEvent;
import org.edgeplex.controller.intent.AccessId;
import org.edgeplex.controller.intent.Held;
import org.edgeplex.controller.intent.IntentJson;
import org.edgeplex.controller.intent.VpnNetworkAccess;
import org.edgeplex.controller.intent.VpnNode;
import org.edgeplex.controller.intent.VpnService;
import org.edgeplex.controller.reconcile.AccessPhase;
import org.edgeplex.controller.reconcile.AccessStatus;
import org.edgeplex.controller.reconcile.StatusBoard;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.record.Event;
import org.edgeplex.state.record.Instance;

/// What the API shows of things: the intent's own document and a read-only `status`.
final class Representations {
    private final StatusBoard board;

    Representations(StatusBoard board) {
        this.board = board;
    }

    ObjectNode service(Held<VpnService> held) {
        ObjectNode out = IntentJson.write(held.intent());
        status(out, held);
        return out;
    }

    ObjectNode node(Held<VpnNode> held) {
        ObjectNode out = IntentJson.write(held.intent());
        status(out, held);
        return out;
    }

    ObjectNode access(AccessId id, Held<VpnNetworkAccess> held) {
        ObjectNode out = IntentJson.write(held.intent());
        ObjectNode status = status(out, held);
        AccessStatus seen =
                board.access(id).orElse(new AccessStatus(AccessPhase.ACCEPTED, 0, 0, 0, 0, "", ""));
        status.put("phase", seen.phase().name());
        number(status, "attachment", seen.attachmentNumber());
        number(status, "vrf", seen.vrfNumber());
        number(status, "vlan-id", seen.vlanId());
        number(status, "vpn-label", seen.label());
        name(status, "instance", seen.instance());
        name(status, "host", seen.host());
        return out;
    }

    private static ObjectNode status(ObjectNode out, Held<?> held) {
        return out.putObject("status")
                .put("generation", held.generation())
                .put("lifecycle", lower(held.lifecycle()));
    }

    static ObjectNode event(LoggedEvent logged) {
        Event event = logged.event();
        return JsonNodeFactory.instance
                .objectNode()
                .put("sequence", logged.sequence())
                .put("time", Instant.ofEpochMilli(event.timeMillis()).toString())
                .put("subject", event.subject())
                .put("phase", event.phase())
                .put("detail", event.detail());
    }

    static ObjectNode events(List<LoggedEvent> events, long last) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        ArrayNode list = out.putArray("events");
        events.forEach(logged -> list.add(event(logged)));
        return out.put("last", last);
    }

    static ObjectNode instance(Stored<String, Instance> stored) {
        Instance instance = stored.value();
        ObjectNode out =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", stored.key())
                        .put("role", lower(instance.role()))
                        .put("host", instance.host())
                        .put("phase", instance.phase().name())
                        .put("restarts", instance.restarts());
        number(out, "attachment", instance.attachmentNumber());
        ArrayNode programs = out.putArray("programs");
        for (Instance.Program program : instance.programs()) {
            programs.addObject()
                    .put("holder", program.holder())
                    .put("pid", program.pid())
                    .put("started", Instant.ofEpochMilli(program.startedMillis()).toString());
        }
        return out;
    }

    private static void number(ObjectNode out, String name, int value) {
        if (value > 0) {
            out.put(name, value);
        }
    }

    private static void name(ObjectNode out, String name, String value) {
        if (!value.isEmpty()) {
            out.put(name, value);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
