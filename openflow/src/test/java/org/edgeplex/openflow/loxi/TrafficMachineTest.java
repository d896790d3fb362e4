package org.edgeplex.openflow.loxi;

import static org.edgeplex.openflow.Outcomes.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.openflow.AttachmentSteering;
import org.edgeplex.openflow.BridgeSpec;
import org.edgeplex.openflow.CoreSide;
import org.edgeplex.openflow.FlowEntry;
import org.edgeplex.openflow.OvsInstance;
import org.edgeplex.openflow.PortSpec;
import org.edgeplex.openflow.SteeringPlan;
import org.edgeplex.openflow.VpnLabel;
import org.edgeplex.openflow.ovsdb.OvsdbSwitch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real frames through the plan's flows.
///
/// ```
///  CE (10.0.0.1) --- ce |      | pvm1 --- bridge pvm1
///                       | edge | pvm2 --- bridge pvm2       --- far (10.0.0.2)
///  CVM (10.1.0.1) - cvm |      | core --- bridge core  ----|
///                                                           --- p   (10.1.0.2)
/// ```
///
/// The bridges pvm1 and pvm2 do with fixed flows what a PVM does (VLAN 101 to label 2001, label
/// 1001 to VLAN 101); the bridge core is the network behind, with `far` in the customer's VPN and
/// `p` an IP neighbour of the CVM.
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrafficMachineTest {
    private static final long DEADLINE_NANOS = 20_000_000_000L;
    private static final String CORE_MAC = "02:00:00:00:00:01";
    private static final String CE_MAC = "02:00:00:00:01:01";
    private static final String FAR_MAC = "02:00:00:00:02:02";
    private static final Pattern LOSS = Pattern.compile("(\\d+) packets transmitted, (\\d+) rec");
    private static final AttachmentSteering ON_PVM1 =
            new AttachmentSteering(1, "ce", "pvm1", 101, VpnLabel.bound(new MplsLabel(1001)));

    private final OvsInstance ovs;
    private final OvsdbSwitch database;
    private final OpenFlowSteering steering;
    private String ce = "";
    private String cvm = "";

    TrafficMachineTest(@TempDir Path directory) throws IOException {
        ovs = OvsInstance.start(directory);
        database = OvsdbSwitch.at(ovs.database());
        steering = OpenFlowSteering.start("edge", ovs.bridge("edge"), database);
    }

    @BeforeAll
    void buildTheNetwork() throws IOException {
        int datapathId = 1;
        for (String bridge : List.of("edge", "pvm1br", "pvm2br", "corebr")) {
            done(database.ensureBridge(new BridgeSpec(bridge, datapathId++)));
        }
        ce = host("edge", "ce", "10.0.0.1/24", CE_MAC);
        cvm = host("edge", "cvm", "10.1.0.1/24", CORE_MAC);
        String far = host("corebr", "far", "10.0.0.2/24", FAR_MAC);
        host("corebr", "p", "10.1.0.2/24", "02:00:00:00:03:03");
        OvsInstance.inHost(
                ce, "ip", "neigh", "replace", "10.0.0.2", "lladdr", FAR_MAC, "dev", "eth0");
        OvsInstance.inHost(
                far, "ip", "neigh", "replace", "10.0.0.1", "lladdr", CE_MAC, "dev", "eth0");
        for (String bridge : List.of("pvm1", "pvm2", "core")) {
            patch(bridge);
        }
        for (String pvm : List.of("pvm1br", "pvm2br")) {
            ovs.ofctl(
                    "add-flow",
                    pvm,
                    "in_port=9,dl_vlan=101,ip,actions=pop_vlan,push_mpls:0x8847,"
                            + "set_field:2001->mpls_label,in_port");
            ovs.ofctl(
                    "add-flow",
                    pvm,
                    "in_port=9,mpls,mpls_label=1001,actions=pop_mpls:0x0800,set_field:"
                            + CE_MAC
                            + "->eth_dst,push_vlan:0x8100,set_field:4197->vlan_vid,in_port");
        }
        ovs.ofctl(
                "add-flow",
                "corebr",
                "priority=9,in_port=9,mpls,mpls_label=2001,actions=pop_mpls:0x0800,output:far");
        ovs.ofctl(
                "add-flow",
                "corebr",
                "in_port=far,ip,actions=push_mpls:0x8847,set_field:1001->mpls_label,set_field:"
                        + CORE_MAC
                        + "->eth_dst,output:9");
        ovs.ofctl("add-flow", "corebr", "priority=1,in_port=9,actions=output:p");
        ovs.ofctl("add-flow", "corebr", "in_port=p,actions=output:9");
    }

    private String host(String bridge, String port, String address, String mac) throws IOException {
        String host = ovs.plug(port);
        configure(host, address, mac);
        ensurePort(bridge, port);
        return host;
    }

    private static void configure(String host, String address, String mac) throws IOException {
        OvsInstance.inHost(host, "ip", "link", "set", "eth0", "address", mac);
        OvsInstance.inHost(host, "ip", "addr", "add", address, "dev", "eth0");
    }

    private void ensurePort(String bridge, String port) {
        PortSpec.Owner owner = new PortSpec.Owner.ProviderEdge();
        done(database.ensurePort(bridge, PortSpec.system(port, owner)));
    }

    /// Joins port NAME of the edge and port 9 of bridge NAMEbr.
    private void patch(String name) throws IOException {
        String peer = name + "-peer";
        ovs.vsctl(
                "add-port",
                "edge",
                name,
                "--",
                "set",
                "interface",
                name,
                "type=patch",
                "options:peer=" + peer,
                "--",
                "add-port",
                name + "br",
                peer,
                "--",
                "set",
                "interface",
                peer,
                "type=patch",
                "options:peer=" + name,
                "ofport_request=9");
    }

    @AfterAll
    void stop() throws IOException {
        steering.close();
        database.close();
        ovs.close();
    }

    private static SteeringPlan plan(AttachmentSteering attachment) {
        return new SteeringPlan(
                new CoreSide("core", "cvm", MacAddress.parse(CORE_MAC)), List.of(attachment));
    }

    @Test
    void theCustomerReachesItsVpnThroughItsVlanAndByItsLabel() throws IOException {
        done(steering.apply(plan(ON_PVM1)));
        assertNothingLost(OvsInstance.inHost(ce, "ping", "-c20", "-i0.01", "-W1", "10.0.0.2"));
        List<FlowEntry> unused =
                done(steering.flows()).stream()
                        .filter(flow -> flow.tableId() == SteeringPlan.LABEL_TABLE)
                        .filter(flow -> flow.priority() == 300 && flow.packets() == 0)
                        .toList();
        assertEquals(List.of(), unused);
    }

    @Test
    void theCvmReachesItsNeighbourInTheCore() throws IOException {
        done(steering.apply(plan(ON_PVM1)));
        assertNothingLost(OvsInstance.inHost(cvm, "ping", "-c20", "-i0.01", "-W1", "10.1.0.2"));
    }

    /// Without making the port anew the switch would listen to the old device for ever.
    @Test
    void aDeviceMadeAnewUnderItsNameIsHeardAgain() throws IOException {
        done(steering.apply(plan(ON_PVM1)));
        ovs.unplug("cvm");
        ovs.plugAgain("cvm");
        configure(cvm, "10.1.0.1/24", CORE_MAC);
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        String ping;
        do {
            assertTrue(System.nanoTime() < deadline, "the new device is not heard");
            ensurePort("edge", "cvm");
            done(steering.apply(plan(ON_PVM1)));
            ping = OvsInstance.inHost(cvm, "sh", "-c", "ping -c1 -W1 10.1.0.2 || true");
        } while (!ping.contains(" 1 received"));
    }

    @Test
    void aMoveUnderTrafficLosesNothing() throws Exception {
        done(steering.apply(plan(ON_PVM1)));
        int flips =
                whilePinging(
                        new Supplier<>() {
                            private AttachmentSteering here = ON_PVM1;

                            @Override
                            public SteeringPlan get() {
                                here =
                                        here.movedTo(
                                                here.pvmPort().equals("pvm1") ? "pvm2" : "pvm1");
                                return plan(here);
                            }
                        });
        assertTrue(flips > 20, flips + " flips");
    }

    @Test
    void thePlanAppliedAgainAndAgainUnderTrafficLosesNothing() throws Exception {
        done(steering.apply(plan(ON_PVM1)));
        assertTrue(whilePinging(() -> plan(ON_PVM1)) > 20);
    }

    /// Applies plan after plan while 1000 pings go, at 500 a second; how many plans.
    private int whilePinging(Supplier<SteeringPlan> plans) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", ce));
        command.addAll(List.of("ping", "-q", "-c1000", "-i0.002", "-W1", "10.0.0.2"));
        Process ping = new ProcessBuilder(command).redirectErrorStream(true).start();
        int count = 0;
        while (ping.isAlive()) {
            done(steering.apply(plans.get()));
            count++;
        }
        assertNothingLost(new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        return count;
    }

    private static void assertNothingLost(String ping) {
        Matcher matcher = LOSS.matcher(ping);
        assertTrue(matcher.find(), ping);
        assertEquals(matcher.group(1), matcher.group(2), ping);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // An untagged frame of the customer gets its VLAN.
                "in_port=ce,ip | set_field:4197->vlan_vid",
                // A tagged one could name another customer's VLAN.
                "in_port=ce,dl_vlan=102,ip | drop",
                // A labelled one could name another customer's VPN (RFC 4364, section 13.1).
                "in_port=ce,mpls,dl_dst=02:00:00:00:00:01,mpls_label=1001 | drop",
                "in_port=ce,dl_vlan=101,mpls,dl_dst=02:00:00:00:00:01,mpls_label=1001 | drop",
                // The core: a label of ours for us, a label of nobody, a label for another router.
                "in_port=core,mpls,dl_dst=02:00:00:00:00:01,mpls_label=1001 | pop_mpls",
                "in_port=core,mpls,dl_dst=02:00:00:00:00:01,mpls_label=1002 | drop",
                "in_port=core,mpls,dl_dst=02:00:00:00:00:09,mpls_label=1001 | drop",
                // A PVM in another customer's VLAN, or in none.
                "in_port=pvm1,dl_vlan=102,ip | drop",
                "in_port=pvm1,ip | drop",
                // A port that is in no plan.
                "in_port=pvm2,mpls,dl_dst=02:00:00:00:00:01,mpls_label=1001 | drop",
                "in_port=LOCAL,ip | drop",
            })
    void decidesByWhoSends(String frame, String decision) throws IOException {
        done(steering.apply(plan(ON_PVM1)));
        String trace = ovs.trace("edge", frame);
        String words = decision.equals("drop") ? "Datapath actions: drop" : decision;
        assertTrue(trace.contains(words), trace);
    }
}
