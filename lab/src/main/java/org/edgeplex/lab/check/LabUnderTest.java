package org.edgeplex.lab.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.Namespace;
import org.edgeplex.lab.node.LabNodes;
import org.edgeplex.lab.node.ServerNode;
import org.edgeplex.lab.order.ControllerApi;
import org.edgeplex.lab.order.VpnOrder;
import org.edgeplex.lab.topology.Topology;
import org.edgeplex.lab.topology.VpnService;
import org.edgeplex.net.Ipv4Address;

/// What a check may touch.
///
/// @param teller hears of calls to the API that change something
public record LabUnderTest(Machine machine, LabNodes nodes, Consumer<String> teller) {
    private static final Duration PING_DEADLINE = Duration.ofSeconds(40);

    Topology topology() {
        return nodes.topology();
    }

    List<VpnService> services(VpnService.Ordered ordered) {
        return topology().vpnServices(ordered);
    }

    public VpnOrder order(VpnService service) {
        return new VpnOrder(topology(), service, this::api);
    }

    ControllerApi api(String pe) {
        return nodes.providerEdge(pe).api(teller);
    }

    ServerNode server(String name) {
        return (ServerNode) nodes.get(name);
    }

    Namespace namespace(String node) {
        return server(node).namespace();
    }

    PingSummary ping(SitePair pair, int count, String... options) {
        return ping(pair.from().ce(), pair.source(), pair.destination(), count, options);
    }

    PingSummary ping(
            String ce, Ipv4Address source, Ipv4Address destination, int count, String... options) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "ping",
                                "-q",
                                "-i",
                                "0.01",
                                "-W",
                                "1",
                                "-c",
                                Integer.toString(count)));
        command.addAll(List.of(options));
        command.addAll(List.of("-I", source.toString(), destination.toString()));
        return PingSummary.parse(
                namespace(ce).attempt(PING_DEADLINE, command.toArray(String[]::new)).output());
    }
}
