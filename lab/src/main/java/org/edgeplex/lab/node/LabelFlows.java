package org.edgeplex.lab.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// The label table of a P router as OpenFlow: what its LDP, its routes and its neighbours say.
///
/// A pure function. FRR's zebra installs no label switched path where the kernel has no MPLS, but
/// its ldpd keeps the whole label information base: in-label = the local binding of a FEC,
/// out-label = the binding in use, next hop = the kernel's route to the FEC.
///
/// - RFC 3031, section 3.10 (NHLFE), section 3.16 (penultimate hop popping)
/// - RFC 3443, section 3.1: uniform model is not kept where the P pops, Open vSwitch has no
///   `copy_ttl_in`; the popped TTL is checked and dropped with its label
final class LabelFlows {
    private static final String IMPLICIT_NULL = "imp-null";
    private static final String EXPLICIT_NULL = "exp-null";

    private LabelFlows() {}

    /// The answers a table is made from.
    ///
    /// @param bindings `show mpls ldp binding json`
    /// @param routes `ip -json route`
    /// @param neighbours `ip -json neigh`
    /// @param links `ip -json link`
    record Sources(JsonNode bindings, JsonNode routes, JsonNode neighbours, JsonNode links) {}

    /// Flows without what is not known yet: a next hop whose MAC address is missing has none.
    static SortedSet<String> from(Sources sources) {
        Map<String, JsonNode> routes = byText(sources.routes(), "dst");
        Map<String, JsonNode> links = byText(sources.links(), "ifname");
        SortedSet<String> flows = new TreeSet<>();
        for (JsonNode binding : sources.bindings().path("bindings")) {
            String local = binding.path("localLabel").asText();
            JsonNode route = routes.get(fec(binding.path("prefix").asText()));
            if (binding.path("inUse").asInt() == 0 || !isNumber(local) || route == null) {
                continue;
            }
            String device = route.path("dev").asText();
            String gateway = route.path("gateway").asText();
            String source = links.getOrDefault(device, route).path("address").asText();
            String destination = macOf(gateway, device, sources.neighbours());
            if (!source.isEmpty() && !destination.isEmpty()) {
                add(
                        flows,
                        "priority=100,mpls,mpls_label=" + local,
                        binding.path("remoteLabel").asText(),
                        ",set_field:"
                                + source
                                + "->eth_src,set_field:"
                                + destination
                                + "->eth_dst,output:"
                                + device);
            }
        }
        return flows;
    }

    private static void add(
            SortedSet<String> flows, String match, String remoteLabel, String forward) {
        if (remoteLabel.equals(IMPLICIT_NULL)) {
            flows.add(match + ",mpls_bos=0,actions=dec_mpls_ttl,pop_mpls:0x8847" + forward);
            flows.add(match + ",mpls_bos=1,actions=dec_mpls_ttl,pop_mpls:0x0800" + forward);
        } else if (remoteLabel.equals(EXPLICIT_NULL)) {
            flows.add(match + ",actions=dec_mpls_ttl,set_field:0->mpls_label" + forward);
        } else if (isNumber(remoteLabel)) {
            flows.add(
                    match
                            + ",actions=dec_mpls_ttl,set_field:"
                            + remoteLabel
                            + "->mpls_label"
                            + forward);
        }
    }

    /// The kernel writes a host route without its length, LDP writes `/32`.
    private static String fec(String prefix) {
        return prefix.endsWith("/32") ? prefix.substring(0, prefix.length() - 3) : prefix;
    }

    private static String macOf(String address, String device, JsonNode neighbours) {
        for (JsonNode neighbour : neighbours) {
            if (neighbour.path("dst").asText().equals(address)
                    && neighbour.path("dev").asText().equals(device)) {
                return neighbour.path("lladdr").asText();
            }
        }
        return "";
    }

    private static Map<String, JsonNode> byText(JsonNode array, String field) {
        Map<String, JsonNode> map = new HashMap<>();
        array.forEach(element -> map.putIfAbsent(element.path(field).asText(), element));
        return map;
    }

    private static boolean isNumber(String label) {
        return !label.isEmpty() && label.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
