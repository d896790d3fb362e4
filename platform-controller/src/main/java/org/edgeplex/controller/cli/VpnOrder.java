package org.edgeplex.controller.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A service with its nodes and their accesses, as one document, placed by single calls.
///
/// Placing it again goes on where the last time ended: what is there already and is the same is
/// left alone.
final class VpnOrder {
    private static final String NODES = "vpn-nodes";
    private static final String ACCESSES = "vpn-network-accesses";

    private final ApiClient api;
    private final Consumer<String> teller;
    private final List<String> accesses = new ArrayList<>();

    VpnOrder(ApiClient api, Consumer<String> teller) {
        this.api = api;
        this.teller = teller;
    }

    /// The subjects of the accesses that were ordered.
    List<String> accesses() {
        return accesses;
    }

    void place(JsonNode order) {
        if (!order.isObject()) {
            throw new ApiCallException(0, "the order must be an object with \"vpn-id\"");
        }
        ObjectNode service = order.<ObjectNode>deepCopy();
        JsonNode nodes = children(service, NODES);
        String id = create("/v1/vpn-services", service, "vpn-id", "");
        for (JsonNode child : nodes) {
            ObjectNode node = object(child, NODES);
            JsonNode inner = children(node, ACCESSES);
            String path = "/v1/vpn-services/" + id + "/" + NODES;
            String nodeId = create(path, node, "vpn-node-id", id + "/");
            for (JsonNode access : inner) {
                String subject = id + "/" + nodeId + "/";
                accesses.add(
                        subject
                                + create(
                                        path + "/" + nodeId + "/" + ACCESSES,
                                        object(access, ACCESSES),
                                        "access-id",
                                        subject));
            }
        }
    }

    private String create(String path, ObjectNode body, String idField, String parent) {
        String id = body.path(idField).asText();
        String subject = parent + (id.isEmpty() ? "(no " + idField + ")" : id);
        try {
            api.post(path, body);
            teller.accept(subject + " accepted");
        } catch (ApiCallException e) {
            if (e.status() == 409 && isThere(path + "/" + id, body)) {
                teller.accept(subject + " is there already");
            } else {
                throw new ApiCallException(
                        e.status(), subject + " is refused:\n  " + e.getMessage());
            }
        }
        return id;
    }

    /// Whether it exists, and each field of the order has the value that was ordered.
    private boolean isThere(String path, ObjectNode body) {
        try {
            JsonNode present = api.get(path);
            return present.at("/status/lifecycle").asText().equals("active")
                    && body.properties().stream()
                            .allMatch(
                                    field -> field.getValue().equals(present.get(field.getKey())));
        } catch (ApiCallException e) {
            return false;
        }
    }

    private static JsonNode children(ObjectNode parent, String name) {
        JsonNode children = parent.remove(name);
        if (children == null) {
            return parent.arrayNode();
        }
        if (!children.isArray()) {
            throw new ApiCallException(0, name + " must be a list");
        }
        return children;
    }

    private static ObjectNode object(JsonNode node, String where) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new ApiCallException(0, where + " must hold objects");
    }
}
