package org.edgeplex.openflow.ovsdb;

import static org.edgeplex.openflow.Outcomes.done;
import static org.edgeplex.openflow.Outcomes.refused;
import static org.edgeplex.openflow.Outcomes.unanswered;
import static org.edgeplex.openflow.Outcomes.unreachable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.edgeplex.openflow.OvsInstance;
import org.edgeplex.openflow.PortSpec;
import org.edgeplex.openflow.SwitchDatabase;
import org.edgeplex.openflow.SwitchDatabaseContract;
import org.edgeplex.openflow.SwitchPort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OvsdbMachineTest extends SwitchDatabaseContract {
    private static final long DEADLINE_NANOS = 10_000_000_000L;
    private static final PortSpec.Owner SEVEN = new PortSpec.Owner.Attachment(7);

    private final OvsInstance ovs;
    private final OvsdbSwitch database;

    OvsdbMachineTest(@TempDir Path directory) throws IOException {
        ovs = OvsInstance.start(directory);
        database = OvsdbSwitch.at(ovs.database());
    }

    @BeforeAll
    void bridgesAreGone() {
        removeBridges();
    }

    @AfterEach
    void removeBridges() {
        done(database.removeBridge("edge"));
        done(database.removeBridge("other"));
    }

    @AfterAll
    void stop() throws IOException {
        database.close();
        ovs.close();
    }

    @Override
    protected SwitchDatabase database() {
        return database;
    }

    @Test
    void theBridgeIsAsTheSwitchShallHaveIt() throws IOException {
        done(database.ensureBridge(BRIDGE));
        assertEquals("netdev\n", ovs.vsctl("get", "bridge", "edge", "datapath_type"));
        assertEquals("secure\n", ovs.vsctl("get", "bridge", "edge", "fail_mode"));
        assertEquals("\"00000000ed6e0001\"\n", ovs.vsctl("get", "bridge", "edge", "datapath_id"));
        assertEquals("", ovs.ofctl("dump-flows", "edge").replaceAll("OFPST_FLOW.*\n", ""));
    }

    @Test
    void anotherHandsSettingsAreSetRightAndItsOwnKept() throws IOException {
        done(database.ensureBridge(BRIDGE));
        ovs.vsctl("set", "bridge", "edge", "fail_mode=standalone", "other-config:mac-aging-time=7");
        done(database.ensureBridge(BRIDGE));
        assertEquals("secure\n", ovs.vsctl("get", "bridge", "edge", "fail_mode"));
        assertEquals("\"7\"\n", ovs.vsctl("get", "bridge", "edge", "other-config:mac-aging-time"));
    }

    @Test
    void whatIsRightIsNotWrittenAgain() throws IOException {
        done(database.ensureBridge(BRIDGE));
        done(database.ensurePort("edge", PortSpec.internal("p7", SEVEN)));
        String before = ovs.vsctl("get", "open_vswitch", ".", "next_cfg");
        done(database.ensureBridge(BRIDGE));
        done(database.ensurePort("edge", PortSpec.internal("p7", SEVEN)));
        assertEquals(before, ovs.vsctl("get", "open_vswitch", ".", "next_cfg"));
    }

    @Test
    void aDeviceThatComesBackIsAReadyPortAgain() throws IOException {
        done(database.ensureBridge(BRIDGE));
        ovs.plug("veth7");
        PortSpec spec = PortSpec.system("veth7", SEVEN).withOfport(70);
        assertEquals(70, done(database.ensurePort("edge", spec)).ofport());
        ovs.unplug("veth7");
        awaitBroken("veth7");
        assertTrue(refused(database.ensurePort("edge", spec)).contains("No such device"));
        assertEquals(Map.of(), done(database.listPorts("edge")));
        ovs.plugAgain("veth7");
        assertEquals(70, done(database.ensurePort("edge", spec)).ofport());
    }

    /// The switch hears of the device's end from the kernel, in its own time.
    private void awaitBroken(String port) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!(done(database.listPorts("edge")).get(port) instanceof SwitchPort.Broken)) {
            assertTrue(System.nanoTime() < deadline, "the switch does not miss the device");
        }
    }

    @Test
    void aSwitchThatDoesNotRunIsNotAnswered() throws IOException {
        done(database.ensureBridge(BRIDGE));
        ovs.killSwitch();
        OvsdbClient impatient = new OvsdbClient(ovs.database(), Duration.ofMillis(200));
        try (OvsdbSwitch hasty = new OvsdbSwitch(impatient)) {
            String reason = unanswered(hasty.ensurePort("edge", PortSpec.internal("p7", SEVEN)));
            assertTrue(reason.contains("ovs-vswitchd"), reason);
        } finally {
            ovs.startSwitch();
        }
        assertTrue(done(database.ensurePort("edge", PortSpec.internal("p7", SEVEN))).ofport() > 0);
    }

    @Test
    void aServerThatWasAwayIsFoundAgain() throws IOException {
        done(database.ensureBridge(BRIDGE));
        ovs.killDatabase();
        OvsdbClient client = new OvsdbClient(ovs.database());
        unreachable(client.transact(List.of()));
        ovs.startDatabase();
        done(client.transact(List.of()));
        client.close();
        // The session of before is dead, which one request may have to find out.
        database.listPorts("edge");
        done(database.ensurePort("edge", PortSpec.internal("p7", SEVEN)));
    }
}
