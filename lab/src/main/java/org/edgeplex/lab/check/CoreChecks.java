package org.edgeplex.lab.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgeplex.lab.node.ProviderEdgeNode;
import org.edgeplex.lab.topology.VpnService;

/// What the core sees: label stacks, and nothing of one VPN in another.
final class CoreChecks {
    private static final Pattern LABEL = Pattern.compile("\\(label (\\d+)");
    private static final int PACKETS = 20;

    private final LabUnderTest lab;

    CoreChecks(LabUnderTest lab) {
        this.lab = lab;
    }

    List<Check> all() {
        List<Check> checks = new ArrayList<>();
        List<VpnService> services = lab.services(VpnService.Ordered.AT_START);
        for (VpnService service : services) {
            checks.add(
                    new Check(
                            "labels-" + service.name(),
                            "labels on its packets, captured between PE and P",
                            () -> labels(SitePair.of(service))));
        }
        for (VpnService service : services) {
            services.stream()
                    .filter(other -> !other.equals(service))
                    .forEach(other ->
                            checks.add(
                                    new Check(
                                            "isolation-" + service.name() + "-" + other.name(),
                                            "packets of "
                                                    + service.name()
                                                    + " at sites of "
                                                    + other.name(),
                                            () -> isolation(service, other))));
        }
        return checks;
    }

    private Measurement labels(SitePair pair) {
        ProviderEdgeNode pe = lab.nodes().providerEdge(pair.from().pe());
        Capture capture =
                Capture.start(
                        lab.machine(),
                        pe.port(pe.node().corePort()),
                        "labels-" + pair.service().name(),
                        "mpls");
        lab.ping(pair, PACKETS);
        String destination = pair.destination().toString();
        capture.sees(text -> !stackTowards(text, destination).isEmpty());
        List<Integer> labels = stackTowards(capture.stop(), destination);
        return Measurement.of(labels.size() == 2, labels.size(), "labels")
                .remark("stack " + labels);
    }

    /// The label stack of the first echo request to the address in tcpdump's text; empty: none.
    static List<Integer> stackTowards(String capture, String destination) {
        String wanted = "> " + destination + ": ICMP echo request";
        for (String line : joined(capture)) {
            if (line.contains("MPLS (label") && line.contains(wanted)) {
                List<Integer> labels = new ArrayList<>();
                Matcher matcher = LABEL.matcher(line);
                while (matcher.find()) {
                    labels.add(Integer.parseInt(matcher.group(1)));
                }
                return labels;
            }
        }
        return List.of();
    }

    /// tcpdump continues a packet's text on lines that begin with white space.
    private static List<String> joined(String capture) {
        return capture.replaceAll("\\n\\s+", " ").lines().toList();
    }

    /// Both VPNs use the same addresses: what a site of the other sees must be nothing, while the
    /// VPN's own site sees everything.
    private Measurement isolation(VpnService service, VpnService other) {
        SitePair pair = SitePair.of(service);
        String filter = "icmp[icmptype] == icmp-echo";
        String name = service.name() + "-" + other.name();
        Capture own = captureAt(pair.to(), "own-" + name, filter);
        List<Capture> others = new ArrayList<>();
        for (VpnService.Access access : other.accesses()) {
            others.add(captureAt(access, "other-" + name + "-" + access.ce(), filter));
        }
        lab.ping(pair, PACKETS);
        own.sees(text -> requests(text) >= PACKETS);
        int arrived = requests(own.stop());
        int strayed = others.stream().mapToInt(capture -> requests(capture.stop())).sum();
        return Measurement.of(strayed == 0 && arrived == PACKETS, strayed, "packets")
                .remark(arrived + " of " + PACKETS + " arrived at " + pair.to().ce());
    }

    private Capture captureAt(VpnService.Access access, String name, String filter) {
        var port = lab.topology().neighbour(access.pe(), access.port());
        return Capture.start(
                lab.machine(), lab.nodes().place(port.node(), port.port()), name, filter);
    }

    static int requests(String capture) {
        return (int) capture.lines().filter(line -> line.contains("ICMP echo request")).count();
    }
}
