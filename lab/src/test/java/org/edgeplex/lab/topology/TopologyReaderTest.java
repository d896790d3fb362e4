package org.edgeplex.lab.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopologyReaderTest {
    private static final Path L3VPN = Path.of("topologies/l3vpn.clab.yml");

    @Test
    void theTopologyOfTheReadmeIsRight() throws TopologyException {
        Topology topology = TopologyReader.read(L3VPN);

        assertEquals("l3vpn", topology.name());
        assertEquals(10, topology.nodes().size());
        assertEquals(9, topology.links().size());
        assertEquals(
                List.of("red", "blue"),
                topology.vpnServices(VpnService.Ordered.AT_START).stream()
                        .map(VpnService::name)
                        .toList());
        assertEquals(new Endpoint("p", "pe1"), topology.neighbour("pe1", "core0"));
    }

    @Test
    void aNodeInheritsFromItsKindWhatItDoesNotSay() throws TopologyException {
        Node.EdgePlexPe pe = TopologyReader.read(L3VPN).providerEdge("pe2");

        assertEquals(new AsNumber(65000), pe.as());
        assertEquals(Ipv4Address.parse("10.255.0.2"), pe.loopback());
        assertEquals(new NumberRange(100000, 100999), pe.labels());
    }

    @Test
    void redAndBlueUseTheSameAddresses() throws TopologyException {
        List<VpnService> services = TopologyReader.read(L3VPN).vpnServices();

        assertEquals(
                services.get(0).accesses().stream().map(VpnService.Access::site).toList(),
                services.get(1).accesses().stream().map(VpnService.Access::site).toList());
    }

    /// One line of the good file is replaced; the problem must be found, at that line.
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "name: l3vpn|name: L3-VPN|name",
                "      kind: bird|      kind: cisco|kind",
                "      loopback: 10.255.0.2|      loopback: 10.255.0.256|address",
                "      loopback: 10.255.0.2|      loopback: 10.255.0.1|same loopback",
                "      loopback: 10.255.0.2|      lopback: 10.255.0.2|lopback",
                "      label-range: 100000-100999|      label-range: 3-100|labels are from 16",
                "      vlan-range: 101-199|      vlan-range: 199-101|empty",
                "      startup-config: l3vpn/p.conf|      startup-config: l3vpn/none.conf|no such file",
                "      startup-config: l3vpn/p.conf|      startup-config: /etc/hostname|outside",
                "      kind: bird|      knid: bird|'kind' not found",
                "      mpls: true|      mpls: perhaps|boolean",
                "      daemons: [zebra, ospfd, ldpd]|      daemons: [zebra, ospfd, ldp]|daemons",
                "    - endpoints: [\"red1:eth0\", \"pe1:red1\"]|    - endpoints: [\"red1:eth0\", \"pe9:red1\"]|no node",
                "    - endpoints: [\"red1:eth0\", \"pe1:red1\"]|    - endpoints: [\"red1:eth0\", \"pe1:core0\"]|wired twice",
                "    - endpoints: [\"red1:eth0\", \"pe1:red1\"]|    - endpoints: [\"red1:eth0\"]|at least 2",
                "    - endpoints: [\"red1:eth0\", \"pe1:red1\"]|    - endpoints: [\"red1\", \"pe1:red1\"]|endpoints",
            })
    void aMistakeIsReportedAtItsLine(String good, String bad, String word) throws IOException {
        String text = Files.readString(L3VPN);
        List<String> lines = text.lines().toList();
        int line = lines.indexOf(good) + 1;
        assertTrue(line > 0, good);
        String broken = text.replaceFirst(java.util.regex.Pattern.quote(good + "\n"), bad + "\n");

        List<Problem> problems = problems(broken);

        assertTrue(
                problems.stream().anyMatch(p -> p.message().contains(word)),
                () -> "no \"" + word + "\" in " + problems);
        assertTrue(
                problems.stream().anyMatch(p -> isNear(lines, p.line(), line)),
                () -> "line " + line + " not in " + problems);
    }

    /// Of a key that is missing or not known, the line is that of the node or of its first key; of
    /// a value that the kind gives, the line is the kind's or the node's.
    private static boolean isNear(List<String> lines, int reported, int line) {
        return reported == line
                || lines.get(line - 1).startsWith("      ") && Math.abs(reported - line) <= 2
                || lines.get(line - 1).contains("-range:");
    }

    @ParameterizedTest(name = "case {index}: {1}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "''|empty",
                "name: [|not YAML",
                "'a: 1\na: 2'|twice",
                "just text|object",
                "'name: x'|topology",
            })
    void whatIsNoTopologyIsRefused(String text, String word) {
        List<Problem> problems = problems(text);

        assertTrue(problems.toString().contains(word), () -> word + " in " + problems);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        TopologyException refused =
                assertThrows(
                        TopologyException.class,
                        () -> TopologyReader.read(Path.of("topologies/none.clab.yml")));

        assertEquals(
                "topologies/none.clab.yml:1: no such file",
                refused.problems().getFirst().toString());
    }

    private static List<Problem> problems(String text) {
        return assertThrows(TopologyException.class, () -> TopologyReader.parse(L3VPN, text))
                .problems();
    }
}
