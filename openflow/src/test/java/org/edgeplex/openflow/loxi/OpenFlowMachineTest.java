package org.edgeplex.openflow.loxi;

import static org.edgeplex.openflow.Outcomes.done;
import static org.edgeplex.openflow.Outcomes.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.openflow.Cookies;
import org.edgeplex.openflow.FlowEntry;
import org.edgeplex.openflow.OvsInstance;
import org.edgeplex.openflow.Plans;
import org.edgeplex.openflow.SteeringPlan;
import org.edgeplex.openflow.SteeringReport;
import org.edgeplex.openflow.SwitchDatabase;
import org.edgeplex.openflow.SwitchOutcome;
import org.edgeplex.openflow.SwitchSteering;
import org.edgeplex.openflow.SwitchSteeringContract;
import org.edgeplex.openflow.ovsdb.OvsdbSwitch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenFlowMachineTest extends SwitchSteeringContract {
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    private final OvsInstance ovs;
    private final LyingDatabase database;
    private OpenFlowSteering steering;

    OpenFlowMachineTest(@TempDir Path directory) throws IOException {
        ovs = OvsInstance.start(directory);
        database = new LyingDatabase(OvsdbSwitch.at(ovs.database()));
        steering = connect();
    }

    private OpenFlowSteering connect() {
        return OpenFlowSteering.start(BRIDGE, ovs.bridge(BRIDGE), database);
    }

    @BeforeEach
    void reconnect() {
        steering.close();
        steering = connect();
        database.lieAbout("");
    }

    /// The connection first: it would put its plan back into the next test's bridge.
    @AfterEach
    void removeBridge() {
        steering.close();
        done(database.removeBridge(BRIDGE));
    }

    @AfterAll
    void stop() throws IOException {
        steering.close();
        database.close();
        ovs.close();
    }

    @Override
    protected SwitchSteering steering() {
        return steering;
    }

    @Override
    protected SwitchSteering anotherSteering() {
        return connect();
    }

    @Override
    protected SwitchDatabase database() {
        return database;
    }

    @Override
    protected void addForeignFlow(int table, int priority, int port, int toPort)
            throws IOException {
        addFlow(
                "table="
                        + table
                        + ",priority="
                        + priority
                        + ",in_port="
                        + port
                        + ",actions=output:"
                        + toPort);
    }

    private void addFlow(String flow) throws IOException {
        ovs.ofctl("add-flow", BRIDGE, flow);
    }

    @Override
    protected void refuseChanges() {
        database.lieAbout("pvm2");
    }

    @Test
    void theSwitchNamesTheReasonOfItsRefusal() {
        done(steering.apply(Plans.of(Plans.labelled(1, 1001))));
        refuseChanges();
        String error = refused(steering.apply(Plans.two()));
        assertTrue(error.contains("BAD_OUT_PORT"), error);
    }

    @Test
    void ovsOfctlSeesWhatWeSay() throws IOException {
        done(steering.apply(Plans.two()));
        String dump = ovs.ofctl("dump-flows", BRIDGE, "--names");
        assertTrue(
                dump.contains(
                        "in_port=access1,vlan_tci=0x0000/0x1fff actions=push_vlan:0x8100,"
                                + "set_field:4197->vlan_vid,output:pvm1"),
                dump);
        assertTrue(
                dump.contains("mpls,dl_dst=02:00:00:00:00:01,mpls_label=1002 actions=output:pvm2"),
                dump);
        assertTrue(dump.contains("in_port=pvm2,dl_vlan=102 actions=pop_vlan,output:access2"), dump);
        assertEquals(
                dump.lines().filter(line -> line.contains("cookie=0x")).count(),
                done(steering.flows()).size());
    }

    @Test
    void flowsWithExtensionsThatWeCannotReadAreListedAndLeftAlone() throws IOException {
        // A Nicira register, connection tracking, learning, an extension to the actions.
        addFlow("table=5,priority=9,ip,ct_state=+trk+est,reg3=7,actions=ct(commit,zone=4),normal");
        addFlow("table=6,priority=9,actions=learn(table=7,NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[])");
        addFlow("table=7,priority=9,ipv6,ipv6_dst=2001:db8::/32,actions=resubmit(,8)");
        addFlow("table=8,priority=9,tcp,tcp_dst=0x50/0xfff0,actions=dec_ttl,load:5->NXM_NX_REG1[]");
        SteeringReport report = done(steering.apply(Plans.two()));
        assertEquals(List.of(5, 6, 7, 8), tables(report.foreign()));
        assertTrue(done(steering.apply(Plans.two())).isUnchanged());
        assertEquals(List.of(5, 6, 7, 8), tables(done(steering.apply(Plans.of())).foreign()));
    }

    private static List<Integer> tables(List<FlowEntry> entries) {
        return entries.stream().map(FlowEntry::tableId).toList();
    }

    @Test
    void flowsUnderOurCookieThatThePlanHasNotAreRemovedWhateverTheyMatch() throws IOException {
        long cookie = Cookies.ofAttachment(9);
        addFlow("cookie=" + cookie + ",priority=3,ip,nw_src=10.0.0.0/8,actions=drop");
        addFlow("cookie=" + cookie + ",priority=4,reg3=7,actions=normal");
        addFlow("cookie=" + cookie + ",priority=5,hard_timeout=600,actions=drop");
        SteeringReport report = done(steering.apply(Plans.of()));
        assertEquals(3, report.removedCount());
        assertTrue(done(steering.apply(Plans.of())).isUnchanged());
        assertTrue(done(steering.flows()).stream().noneMatch(flow -> flow.cookie() == cookie));
    }

    @Test
    void aThousandAttachmentsAreOneBundle() {
        List<org.edgeplex.openflow.AttachmentSteering> many = new ArrayList<>();
        SwitchDatabase fabricated = new ManyPorts(database, 1000);
        for (int number = 1; number <= 1000; number++) {
            many.add(Plans.labelled(number, 1000 + number));
        }
        SteeringPlan plan = new SteeringPlan(Plans.CORE, many);
        try (OpenFlowSteering big =
                OpenFlowSteering.start(BRIDGE, ovs.bridge(BRIDGE), fabricated)) {
            assertEquals(5005, done(big.apply(plan)).addedCount());
            assertTrue(done(big.apply(plan)).isUnchanged());
            assertEquals(5000, done(big.apply(Plans.of())).removedCount());
        }
    }

    @Test
    void thePlanIsPutBackWhenTheSwitchReturns() throws Exception {
        done(steering.apply(Plans.two()));
        int flowCount = done(steering.flows()).size();
        ovs.killSwitch();
        ovs.startSwitch();
        // From another connection: this one only looks.
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (observedCount() != flowCount) {
            assertTrue(System.nanoTime() < deadline, "the flows are not put back");
            Thread.onSpinWait();
        }
        assertTrue(done(steering.apply(Plans.two())).isUnchanged());
    }

    private int observedCount() {
        return OpenFlowSteering.readFlows(ovs.bridge(BRIDGE), OpenFlowTiming.standard())
                        instanceof SwitchOutcome.Done<List<FlowEntry>>(List<FlowEntry> entries)
                ? entries.size()
                : -1;
    }
}
