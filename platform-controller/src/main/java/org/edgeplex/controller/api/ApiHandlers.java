package org.edgeplex.controller.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.edgeplex.controller.event.LoggedEvent;
import org.edgeplex.controller.intent.AccessId;
import org.edgeplex.controller.intent.ChangeCondition;
import org.edgeplex.controller.intent.Held;
import org.edgeplex.controller.intent.IntentJson;
import org.edgeplex.controller.intent.NodeId;
import org.edgeplex.controller.intent.VpnNetworkAccess;
import org.edgeplex.controller.intent.VpnNode;
import org.edgeplex.controller.intent.VpnService;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Tables;
import org.edgeplex.state.record.ProviderEdge;
import org.edgeplex.telemetry.prometheus.MetricsPage;

/// What each route does: one call, one representation.
final class ApiHandlers {
    private static final String SERVICES = "/v1/vpn-services";
    private static final String SERVICE = SERVICES + "/{vpn-id}";
    private static final String NODES = SERVICE + "/vpn-nodes";
    private static final String NODE = NODES + "/{node-id}";
    private static final String ACCESSES = NODE + "/vpn-network-accesses";
    private static final String ACCESS = ACCESSES + "/{access-id}";
    private static final int EVENTS_PAGE = 1_000;

    private final ApiContext view;
    private final Representations representations;

    ApiHandlers(ApiContext view) {
        this.view = view;
        this.representations = new Representations(view.board());
    }

    Router router() {
        return new Router(
                List.of(
                        open("GET", "/healthz", _ -> health()),
                        open("GET", "/openapi.yaml", _ -> openApi()),
                        route("GET", "/metrics", this::metrics),
                        route("GET", "/v1/status", _ -> status()),
                        route("GET", "/v1/instances", _ -> instances()),
                        route("GET", "/v1/dataplanes", _ -> dataplanes()),
                        route("GET", "/v1/events", this::events),
                        route("GET", SERVICES, _ -> services()),
                        route("POST", SERVICES, this::createService),
                        route("GET", SERVICE, this::readService),
                        route("PUT", SERVICE, this::changeService),
                        route("DELETE", SERVICE, this::deleteService),
                        route("GET", NODES, this::nodes),
                        route("POST", NODES, this::createNode),
                        route("GET", NODE, this::readNode),
                        route("PUT", NODE, this::changeNode),
                        route("DELETE", NODE, this::deleteNode),
                        route("GET", ACCESSES, this::accesses),
                        route("POST", ACCESSES, this::createAccess),
                        route("GET", ACCESS, this::readAccess),
                        route("PUT", ACCESS, this::changeAccess),
                        route("DELETE", ACCESS, this::deleteAccess)));
    }

    private static Router.Route route(String method, String path, Router.Handler handler) {
        return new Router.Route(method, path, false, handler);
    }

    private static Router.Route open(String method, String path, Router.Handler handler) {
        return new Router.Route(method, path, true, handler);
    }

    private static ApiResponse health() {
        return ApiResponse.json(200, object().put("status", "up"));
    }

    private static ApiResponse openApi() {
        try (InputStream document = ApiHandlers.class.getResourceAsStream("openapi.yaml")) {
            if (document == null) {
                throw new IllegalStateException("openapi.yaml is not on the class path");
            }
            return new ApiResponse.Document(
                    200, "application/yaml", Map.of(), Bytes.wrap(document.readAllBytes()));
        } catch (IOException e) {
            throw new IllegalStateException("openapi.yaml cannot be read", e);
        }
    }

    private ApiResponse metrics(ApiRequest request) {
        MetricsPage page =
                Metrics.page(
                        view.counters(),
                        view.intents().snapshot(),
                        request.header("accept").orElse(""));
        return new ApiResponse.Document(200, page.contentType(), Map.of(), Bytes.utf8(page.text()));
    }

    private ApiResponse status() {
        ProviderEdge self = view.self();
        ObjectNode out = object();
        out.putObject("provider-edge")
                .put("name", self.name())
                .put("loopback", self.loopback().toString())
                .put("as", self.as().value());
        out.putObject("controller").put("epoch", view.incarnation().epoch());
        ArrayNode hosts = out.putArray("hosts");
        for (var host : view.board().hosts()) {
            ObjectNode entry =
                    hosts.addObject()
                            .put("name", host.name())
                            .put("healthy", host.problem().isEmpty())
                            .put("instances", host.instanceCount());
            if (!host.problem().isEmpty()) {
                entry.put("problem", host.problem());
            }
        }
        ArrayNode problems = out.putArray("problems");
        view.board().problems().forEach(problems::add);
        return ApiResponse.json(200, out.put("last-event", view.events().lastSequence()));
    }

    private ApiResponse instances() {
        ObjectNode out = object();
        ArrayNode list = out.putArray("instances");
        view.state()
                .scan(Tables.INSTANCES)
                .forEach(stored -> list.add(Representations.instance(stored)));
        return ApiResponse.json(200, out);
    }

    private ApiResponse dataplanes() {
        return ApiResponse.json(200, Dataplanes.json(view.counters(), view.state()));
    }

    private ApiResponse events(ApiRequest request) {
        long since = since(request);
        EventFilter filter = new EventFilter(since, request.parameter("subject").orElse(""));
        String accept = request.header("accept").orElse("");
        if (accept.contains(ApiResponse.JSON) && !accept.contains("text/event-stream")) {
            List<LoggedEvent> page = view.events().since(since, EVENTS_PAGE);
            long last = page.isEmpty() ? since : page.getLast().sequence();
            List<LoggedEvent> wanted =
                    page.stream().filter(logged -> filter.wants(logged.event())).toList();
            return ApiResponse.json(200, Representations.events(wanted, last));
        }
        return new ApiResponse.Stream(filter);
    }

    private static long since(ApiRequest request) {
        String text =
                request.header("last-event-id").or(() -> request.parameter("since")).orElse("0");
        if (!text.matches("[0-9]{1,18}")) {
            throw ProblemException.of(400, "\"since\" must be a sequence number: " + text);
        }
        return Long.parseLong(text);
    }

    private ApiResponse services() {
        ObjectNode out = object();
        ArrayNode list = out.putArray("vpn-services");
        view.intents()
                .snapshot()
                .services()
                .values()
                .forEach(held -> list.add(representations.service(held)));
        return ApiResponse.json(200, out);
    }

    private ApiResponse createService(ApiRequest request) {
        VpnService service = IntentJson.service(IntentJson.parse(request.body().toArray()));
        Held<VpnService> held = view.intents().create(service);
        return created(201, held, SERVICES + "/" + service.vpnId(), representations.service(held));
    }

    private ApiResponse readService(ApiRequest request) {
        String id = request.variable("vpn-id");
        Held<VpnService> held = found(view.intents().snapshot().services(), id, "vpn-service");
        return shown(held, representations.service(held));
    }

    private ApiResponse changeService(ApiRequest request) {
        VpnService service = IntentJson.service(IntentJson.parse(request.body().toArray()));
        Held<VpnService> held =
                view.intents().change(request.variable("vpn-id"), service, condition(request));
        return shown(held, representations.service(held));
    }

    private ApiResponse deleteService(ApiRequest request) {
        long since = view.events().lastSequence();
        String id = request.variable("vpn-id");
        view.intents().withdraw(id);
        return accepted(Map.of(), object(), id, since);
    }

    private ApiResponse nodes(ApiRequest request) {
        String service = request.variable("vpn-id");
        var snapshot = view.intents().snapshot();
        found(snapshot.services(), service, "vpn-service");
        ObjectNode out = object();
        ArrayNode list = out.putArray("vpn-nodes");
        for (NodeId id : snapshot.nodesOf(service)) {
            list.add(representations.node(found(snapshot.nodes(), id, "vpn-node")));
        }
        return ApiResponse.json(200, out);
    }

    private ApiResponse createNode(ApiRequest request) {
        VpnNode node = IntentJson.node(IntentJson.parse(request.body().toArray()));
        Held<VpnNode> held = view.intents().create(request.variable("vpn-id"), node);
        return created(
                201, held, request.uri() + "/" + node.vpnNodeId(), representations.node(held));
    }

    private ApiResponse readNode(ApiRequest request) {
        Held<VpnNode> held = found(view.intents().snapshot().nodes(), nodeId(request), "vpn-node");
        return shown(held, representations.node(held));
    }

    private ApiResponse changeNode(ApiRequest request) {
        VpnNode node = IntentJson.node(IntentJson.parse(request.body().toArray()));
        Held<VpnNode> held = view.intents().change(nodeId(request), node, condition(request));
        return shown(held, representations.node(held));
    }

    private ApiResponse deleteNode(ApiRequest request) {
        long since = view.events().lastSequence();
        NodeId id = nodeId(request);
        view.intents().withdraw(id);
        return accepted(Map.of(), object(), id.toString(), since);
    }

    private ApiResponse accesses(ApiRequest request) {
        NodeId node = nodeId(request);
        var snapshot = view.intents().snapshot();
        found(snapshot.nodes(), node, "vpn-node");
        ObjectNode out = object();
        ArrayNode list = out.putArray("vpn-network-accesses");
        for (AccessId id : snapshot.accessesOf(node)) {
            list.add(
                    representations.access(
                            id, found(snapshot.accesses(), id, "vpn-network-access")));
        }
        return ApiResponse.json(200, out);
    }

    private ApiResponse createAccess(ApiRequest request) {
        long since = view.events().lastSequence();
        VpnNetworkAccess access = IntentJson.access(IntentJson.parse(request.body().toArray()));
        NodeId node = nodeId(request);
        Held<VpnNetworkAccess> held = view.intents().create(node, access);
        AccessId id = new AccessId(node, access.accessId());
        Map<String, String> headers =
                Map.of(
                        "Location",
                        request.uri() + "/" + access.accessId(),
                        "ETag",
                        entityTag(held));
        return accepted(headers, representations.access(id, held), id.toString(), since);
    }

    private ApiResponse readAccess(ApiRequest request) {
        AccessId id = accessId(request);
        Held<VpnNetworkAccess> held =
                found(view.intents().snapshot().accesses(), id, "vpn-network-access");
        return shown(held, representations.access(id, held));
    }

    private ApiResponse changeAccess(ApiRequest request) {
        long since = view.events().lastSequence();
        VpnNetworkAccess access = IntentJson.access(IntentJson.parse(request.body().toArray()));
        AccessId id = accessId(request);
        Held<VpnNetworkAccess> held = view.intents().change(id, access, condition(request));
        return accepted(
                Map.of("ETag", entityTag(held)),
                representations.access(id, held),
                id.toString(),
                since);
    }

    private ApiResponse deleteAccess(ApiRequest request) {
        long since = view.events().lastSequence();
        AccessId id = accessId(request);
        view.intents().withdraw(id);
        return accepted(Map.of(), object(), id.toString(), since);
    }

    private static NodeId nodeId(ApiRequest request) {
        return new NodeId(request.variable("vpn-id"), request.variable("node-id"));
    }

    private static AccessId accessId(ApiRequest request) {
        return new AccessId(nodeId(request), request.variable("access-id"));
    }

    private static <K, T> Held<T> found(SortedMap<K, Held<T>> things, K key, String kind) {
        Held<T> held = things.get(key);
        if (held == null) {
            throw ProblemException.of(404, "there is no " + kind + " " + key);
        }
        return held;
    }

    private static ApiResponse created(int status, Held<?> held, String location, ObjectNode body) {
        return ApiResponse.json(
                status, Map.of("Location", location, "ETag", entityTag(held)), body);
    }

    private static ApiResponse shown(Held<?> held, ObjectNode body) {
        return ApiResponse.json(200, Map.of("ETag", entityTag(held)), body);
    }

    /// The work goes on; its progress is in the event stream.
    private static ApiResponse accepted(
            Map<String, String> headers, ObjectNode body, String subject, long since) {
        body.putObject("operation")
                .put("subject", subject)
                .put("since", since)
                .put("events", "/v1/events?since=" + since + "&subject=" + subject);
        return ApiResponse.json(202, headers, body);
    }

    private static String entityTag(Held<?> held) {
        return "\"" + held.generation() + "\"";
    }

    private static ChangeCondition condition(ApiRequest request) {
        String tag = request.header("if-match").orElse("*").strip();
        if (tag.equals("*")) {
            return new ChangeCondition.Unconditional();
        }
        if (!tag.matches("\"[0-9]{1,18}\"")) {
            throw ProblemException.of(412, "no entity tag of this resource: " + tag);
        }
        return new ChangeCondition.Generation(Long.parseLong(tag.substring(1, tag.length() - 1)));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
