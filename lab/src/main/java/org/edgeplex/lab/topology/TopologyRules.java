package org.edgeplex.lab.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;

/// What the schema cannot say: that names resolve, that ports are wired once, that ranges hold.
final class TopologyRules {
    private static final int LABEL_FIRST = 16;
    private static final int VLAN_LAST = 4094;
    private static final int CORE_LINK_MTU_BYTES = 1600;

    private final YamlDocument document;
    private final Topology topology;
    private final List<Problem> problems = new ArrayList<>();

    TopologyRules(YamlDocument document, Topology topology) {
        this.document = document;
        this.topology = topology;
    }

    List<Problem> problems() {
        links();
        topology.nodes(Node.EdgePlexPe.class).forEach(this::pe);
        loopbacks();
        topology.vpnServices().forEach(this::service);
        return problems;
    }

    private void links() {
        Set<Endpoint> wired = new HashSet<>();
        for (int i = 0; i < topology.links().size(); i++) {
            Link link = topology.links().get(i);
            List<Endpoint> ends = List.of(link.a(), link.b());
            for (int e = 0; e < ends.size(); e++) {
                String at = "/topology/links/" + i + "/endpoints/" + e;
                Endpoint end = ends.get(e);
                if (!topology.nodes().containsKey(end.node())) {
                    report(at, "there is no node \"" + end.node() + '"');
                } else if (!wired.add(end)) {
                    report(at, end + " is wired twice");
                }
            }
        }
    }

    private void pe(Node.EdgePlexPe pe) {
        String at = "/topology/nodes/" + pe.name();
        topology.links().stream()
                .filter(link -> link.endAt(pe.name()).equals(coreEnd(pe)))
                .findFirst()
                .ifPresentOrElse(
                        link -> coreLink(at, link),
                        () -> report(at + "/core-port", "no link ends at the core port"));
        if (pe.labels().first() < LABEL_FIRST || pe.labels().last() > MplsLabel.MAX) {
            report(at + "/label-range", "labels are from 16 to " + MplsLabel.MAX);
        }
        if (pe.vlans().first() < 1 || pe.vlans().last() > VLAN_LAST) {
            report(at + "/vlan-range", "VLAN ids are from 1 to " + VLAN_LAST);
        }
        for (String reserved : List.of("sw", "cvm")) {
            if (pe.hosts().contains(reserved)) {
                report(at + "/hosts", '"' + reserved + "\" names another part of the PE");
            }
        }
    }

    private static Optional<Endpoint> coreEnd(Node.EdgePlexPe pe) {
        return Optional.of(new Endpoint(pe.name(), pe.corePort()));
    }

    private void coreLink(String at, Link link) {
        if (link.mtuBytes() < CORE_LINK_MTU_BYTES) {
            report(
                    at + "/core-port",
                    "the core link needs an mtu of at least "
                            + CORE_LINK_MTU_BYTES
                            + " for 1500 bytes and their labels");
        }
    }

    private void loopbacks() {
        Map<Ipv4Address, String> owners = new HashMap<>();
        for (Node.EdgePlexPe pe : topology.nodes(Node.EdgePlexPe.class)) {
            String other = owners.putIfAbsent(pe.loopback(), pe.name());
            if (other != null) {
                report(
                        "/topology/nodes/" + pe.name() + "/loopback",
                        other + " has the same loopback");
            }
        }
    }

    private void service(VpnService service) {
        for (int i = 0; i < service.accesses().size(); i++) {
            VpnService.Access access = service.accesses().get(i);
            String at = "/vpn-services/" + service.name() + "/accesses/" + i;
            if (!(topology.nodes().get(access.pe()) instanceof Node.EdgePlexPe pe)) {
                report(at + "/port", access.pe() + " is not an edgeplex-pe");
            } else if (pe.corePort().equals(access.port())) {
                report(at + "/port", access.port() + " is the core port");
            } else if (access.ce().isEmpty()) {
                report(
                        at + "/port",
                        "nothing is wired to " + new Endpoint(access.pe(), access.port()));
            }
            addresses(at, access);
        }
    }

    private void addresses(String at, VpnService.Access access) {
        if (access.prefixLength() < 8 || access.prefixLength() > 31) {
            report(at + "/gateway", "the length of the link's prefix is from 8 to 31");
            return;
        }
        Ipv4Prefix link = Ipv4Prefix.containing(access.gateway(), access.prefixLength());
        if (!link.contains(access.ceAddress())) {
            report(at + "/ce-address", access.ceAddress() + " is outside of the link, " + link);
        } else if (access.ceAddress().equals(access.gateway())) {
            report(at + "/ce-address", "is the address of the gateway");
        }
    }

    private void report(String pointer, String message) {
        problems.add(document.problem(pointer, message));
    }
}
