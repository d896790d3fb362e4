package org.edgeplex.lab.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.edgeplex.lab.topology.Topology;
import org.edgeplex.lab.topology.VpnService;
import org.edgeplex.lab.topology.VpnService.Access;
import org.edgeplex.lab.topology.VpnService.Routing;

/// A VPN of the topology as calls of the API, PE by PE: service, node, access.
///
/// The VPN's number, its place in the topology from 1, makes its route target (`65000:1`) and, with
/// the PE's, its route distinguishers (`65000:101`): the same prefix of two sites stays two routes.
public final class VpnOrder {
    private static final int HOLD_TIME_SECONDS = 9;

    private final Topology topology;
    private final VpnService service;
    private final Function<String, ControllerApi> apis;

    /// @param apis the API of a PE, by the node's name
    public VpnOrder(Topology topology, VpnService service, Function<String, ControllerApi> apis) {
        this.topology = topology;
        this.service = service;
        this.apis = apis;
    }

    public VpnService service() {
        return service;
    }

    public void place() {
        service.accesses().forEach(this::place);
    }

    /// Deletes what was ordered; the PEs go on withdrawing after the calls return.
    public void delete() {
        service.accesses().forEach(access -> apis.apply(access.pe()).delete(accessPath(access)));
        service.accesses().stream()
                .map(Access::pe)
                .distinct()
                .forEach(pe -> {
                    apis.apply(pe).delete(nodePath(pe));
                    apis.apply(pe).delete(servicePath());
                });
    }

    /// What the API says of an access: its phase, its numbers.
    public JsonNode status(Access access) {
        return apis.apply(access.pe()).get(accessPath(access)).path("status");
    }

    /// Whether each PE has the order.
    public boolean exists() {
        return service.accesses().stream()
                .allMatch(access -> apis.apply(access.pe()).exists(accessPath(access)));
    }

    private void place(Access access) {
        ControllerApi api = apis.apply(access.pe());
        if (!api.exists(servicePath())) {
            api.post(
                    "/v1/vpn-services",
                    object().put("vpn-id", service.name()).put("customer-name", service.name()));
        }
        if (!api.exists(nodePath(access.pe()))) {
            api.post(servicePath() + "/vpn-nodes", node(access.pe()));
        }
        api.post(nodePath(access.pe()) + "/vpn-network-accesses", access(access));
    }

    private ObjectNode node(String pe) {
        long as = topology.providerEdge(pe).as().value();
        String target = as + ":" + number();
        ObjectNode node =
                object().put("vpn-node-id", pe)
                        .put("rd", as + ":" + (number() * 100 + peNumber(pe)));
        node.putArray("import-route-targets").add(target);
        node.putArray("export-route-targets").add(target);
        return node;
    }

    private static ObjectNode access(Access access) {
        ObjectNode body = object().put("access-id", access.ce()).put("port", access.port());
        body.putObject("ip-connection")
                .putObject("ipv4")
                .put("provider-address", access.gateway().toString())
                .put("prefix-length", access.prefixLength());
        ObjectNode routing = body.putObject("routing");
        switch (access.routing()) {
            case Routing.Bgp(var peerAs) ->
                    routing.putObject("bgp")
                            .put("peer-as", peerAs.value())
                            .put("peer-address", access.ceAddress().toString())
                            .put("hold-time-seconds", HOLD_TIME_SECONDS);
            case Routing.Static(var prefixes) -> {
                var routes = routing.putObject("static").putArray("routes");
                prefixes.forEach(prefix ->
                        routes.addObject()
                                .put("prefix", prefix.toString())
                                .put("next-hop", access.ceAddress().toString()));
            }
        }
        return body;
    }

    private int number() {
        return topology.vpnServices().indexOf(service) + 1;
    }

    private int peNumber(String pe) {
        return topology.nodes().keySet().stream().toList().indexOf(pe) + 1;
    }

    private String servicePath() {
        return "/v1/vpn-services/" + service.name();
    }

    private String nodePath(String pe) {
        return servicePath() + "/vpn-nodes/" + pe;
    }

    private String accessPath(Access access) {
        return nodePath(access.pe()) + "/vpn-network-accesses/" + access.ce();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
