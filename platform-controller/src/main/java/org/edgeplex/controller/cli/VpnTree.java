package org.edgeplex.controller.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.controller.intent.Names;

/// A service with everything below it, read by single calls.
final class VpnTree {
    private VpnTree() {}

    static ObjectNode of(ApiClient api, JsonNode service) {
        ObjectNode tree = service.<ObjectNode>deepCopy();
        ArrayNode nodes = tree.putArray("vpn-nodes");
        String nodesPath = "/v1/vpn-services/" + service.path("vpn-id").asText() + "/vpn-nodes";
        for (JsonNode node : api.get(nodesPath).path("vpn-nodes")) {
            ObjectNode copy = node.<ObjectNode>deepCopy();
            String path =
                    nodesPath + "/" + node.path("vpn-node-id").asText() + "/vpn-network-accesses";
            copy.set("vpn-network-accesses", api.get(path).path("vpn-network-accesses"));
            nodes.add(copy);
        }
        return tree;
    }

    /// A line for each access.
    static List<String> rows(JsonNode tree) {
        List<String> rows = new ArrayList<>();
        String vpn = tree.path("vpn-id").asText();
        for (JsonNode node : tree.path("vpn-nodes")) {
            for (JsonNode access : node.path("vpn-network-accesses")) {
                JsonNode status = access.path("status");
                rows.add(
                        "%-32s %-12s %-16s %8s %6s"
                                .formatted(
                                        vpn
                                                + "/"
                                                + node.path("vpn-node-id").asText()
                                                + "/"
                                                + access.path("access-id").asText(),
                                        status.path("phase").asText(),
                                        access.path("port").asText(),
                                        status.path("vpn-label").asText("-"),
                                        status.path("vlan-id").asText("-")));
            }
        }
        if (rows.isEmpty()) {
            rows.add("%-32s %s".formatted(vpn, "(no accesses)"));
        }
        return rows;
    }

    static String name(String text) {
        try {
            return Names.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ApiCallException(0, "a name " + e.getMessage());
        }
    }

    /// The path of `red`, `red/pe1` or `red/pe1/red-1`.
    static String path(String name) {
        String[] parts = name.split("/", -1);
        String[] nouns = {"/v1/vpn-services/", "/vpn-nodes/", "/vpn-network-accesses/"};
        if (parts.length > nouns.length) {
            throw new ApiCallException(0, "a name looks like red, red/pe1 or red/pe1/red-1");
        }
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            path.append(nouns[i]).append(name(parts[i]));
        }
        return path.toString();
    }
}
