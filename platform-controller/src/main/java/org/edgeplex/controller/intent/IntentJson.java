package org.edgeplex.controller.intent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;
import org.edgeplex.state.record.CustomerRouting;

/// The JSON form of services, nodes and accesses, both ways.
public final class IntentJson {
    static final int ROUTE_TARGETS_MAX = 64;
    static final int STATIC_ROUTES_MAX = 1_000;

    /// What a GET adds and a PUT may send back: it is not part of the intent.
    static final String STATUS = "status";

    private static final JsonMapper MAPPER = strictMapper();

    private IntentJson() {}

    /// A mapper that refuses duplicate keys, trailing text and deep nesting.
    private static JsonMapper strictMapper() {
        JsonMapper mapper =
                JsonMapper.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(16)
                                .maxStringLength(4096)
                                .maxNumberLength(32)
                                .build());
        return mapper;
    }

    /// The one body that is hostile until proven otherwise.
    public static JsonNode parse(byte[] body) {
        try {
            JsonNode document = MAPPER.readTree(body);
            if (document == null || document.isMissingNode()) {
                throw RefusedException.of(
                        RefusedException.Reason.MALFORMED, "", "the body is empty");
            }
            return document;
        } catch (JsonProcessingException e) {
            throw malformed(e.getOriginalMessage(), Optional.ofNullable(e.getLocation()));
        } catch (IOException e) {
            throw malformed(String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private static RefusedException malformed(
            String what, Optional<com.fasterxml.jackson.core.JsonLocation> where) {
        String position =
                where.map(at -> "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ")
                        .orElse("");
        return RefusedException.of(
                RefusedException.Reason.MALFORMED, "", "not JSON: " + position + what);
    }

    static JsonNode stored(String document) {
        try {
            return MAPPER.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored intent is not JSON", e);
        }
    }

    public static VpnService service(JsonNode document) {
        JsonFields fields = JsonFields.of(document);
        Optional<String> id = fields.parsed("vpn-id", Names::parse);
        Optional<String> customer = fields.text("customer-name");
        fields.ignore(STATUS);
        fields.refuseUnknown();
        fields.refuseProblems();
        return new VpnService(id.orElseThrow(), customer.orElseThrow());
    }

    public static VpnNode node(JsonNode document) {
        JsonFields fields = JsonFields.of(document);
        Optional<String> id = fields.parsed("vpn-node-id", Names::parse);
        Optional<RouteDistinguisher> rd = fields.parsed("rd", RouteDistinguisher::parse);
        Optional<List<RouteTarget>> imports =
                fields.list("import-route-targets", ROUTE_TARGETS_MAX, RouteTarget::parse);
        Optional<List<RouteTarget>> exports =
                fields.list("export-route-targets", ROUTE_TARGETS_MAX, RouteTarget::parse);
        fields.ignore(STATUS);
        fields.refuseUnknown();
        fields.refuseProblems();
        return new VpnNode(
                id.orElseThrow(), rd.orElseThrow(), imports.orElseThrow(), exports.orElseThrow());
    }

    public static VpnNetworkAccess access(JsonNode document) {
        return AccessJson.read(document);
    }

    public static ObjectNode write(VpnService service) {
        return MAPPER.createObjectNode()
                .put("vpn-id", service.vpnId())
                .put("customer-name", service.customerName());
    }

    public static ObjectNode write(VpnNode node) {
        ObjectNode out =
                MAPPER.createObjectNode()
                        .put("vpn-node-id", node.vpnNodeId())
                        .put("rd", node.distinguisher().toString());
        targets(out.putArray("import-route-targets"), node.importTargets());
        targets(out.putArray("export-route-targets"), node.exportTargets());
        return out;
    }

    public static ObjectNode write(VpnNetworkAccess access) {
        ObjectNode out =
                MAPPER.createObjectNode()
                        .put("access-id", access.accessId())
                        .put("port", access.port());
        out.putObject("ip-connection")
                .putObject("ipv4")
                .put("provider-address", access.link().providerAddress().toString())
                .put("prefix-length", access.link().prefixLength());
        out.put("mtu", access.mtuBytes());
        ObjectNode routing = out.putObject("routing");
        switch (access.routing()) {
            case AccessRouting.Static(List<CustomerRouting.Static.Route> routes) -> {
                ArrayNode list = routing.putObject("static").putArray("routes");
                for (CustomerRouting.Static.Route route : routes) {
                    list.addObject()
                            .put("prefix", route.prefix().toString())
                            .put("next-hop", route.nextHop().toString());
                }
            }
            case AccessRouting.Bgp(var peerAs, var peer, var holdTimeSeconds, var prefixesMax) ->
                    routing.putObject("bgp")
                            .put("peer-as", peerAs.value())
                            .put("peer-address", peer.toString())
                            .put("hold-time-seconds", holdTimeSeconds)
                            .put("prefixes-max", prefixesMax);
        }
        return out;
    }

    private static void targets(ArrayNode out, List<RouteTarget> targets) {
        targets.forEach(target -> out.add(target.toString()));
    }
}
