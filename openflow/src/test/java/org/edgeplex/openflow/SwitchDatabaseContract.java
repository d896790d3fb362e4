package org.edgeplex.openflow;

import static org.edgeplex.openflow.Outcomes.done;
import static org.edgeplex.openflow.Outcomes.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.edgeplex.openflow.PortSpec.Owner;
import org.junit.jupiter.api.Test;

/// What every [SwitchDatabase] does. A subclass provides one without bridges.
public abstract class SwitchDatabaseContract {
    protected static final BridgeSpec BRIDGE = new BridgeSpec("edge", 0xED6E_0001L);
    protected static final BridgeSpec OTHER = new BridgeSpec("other", 0xED6E_0002L);

    /// A system device that does not exist.
    protected static final String NO_DEVICE = "openflow-none";

    private static final Owner SEVEN = new Owner.Attachment(7);

    protected abstract SwitchDatabase database();

    @Test
    void aBridgeMayBeWantedTwice() {
        assertEquals(BRIDGE, done(database().ensureBridge(BRIDGE)));
        assertEquals(BRIDGE, done(database().ensureBridge(BRIDGE)));
        assertTrue(done(database().removeBridge("edge")));
        assertFalse(done(database().removeBridge("edge")));
    }

    @Test
    void aPortGetsANumberAndKeepsIt() {
        done(database().ensureBridge(BRIDGE));
        PortSpec spec = PortSpec.internal("p7", SEVEN);
        SwitchPort.Ready first = done(database().ensurePort("edge", spec));
        assertTrue(first.ofport() > 0);
        assertEquals(first, done(database().ensurePort("edge", spec)));
        assertEquals(Map.of("p7", first), done(database().listPorts("edge")));
    }

    @Test
    void aPortGetsTheNumberThatItAsksFor() {
        done(database().ensureBridge(BRIDGE));
        PortSpec spec = PortSpec.internal("p7", SEVEN);
        assertEquals(77, done(database().ensurePort("edge", spec.withOfport(77))).ofport());
        // Whoever takes any number takes the one there is.
        assertEquals(77, done(database().ensurePort("edge", spec)).ofport());
        assertEquals(78, done(database().ensurePort("edge", spec.withOfport(78))).ofport());
    }

    @Test
    void aPortTellsWhoseItIs() {
        done(database().ensureBridge(BRIDGE));
        done(database().ensurePort("edge", PortSpec.internal("p7", SEVEN)));
        done(database().ensurePort("edge", PortSpec.internal("c", new Owner.ProviderEdge())));
        assertEquals(
                Map.of("c", new Owner.ProviderEdge(), "p7", SEVEN),
                done(database().listPorts("edge")).values().stream()
                        .collect(Collectors.toMap(SwitchPort::name, SwitchPort::owner)));
        Owner eight = new Owner.Attachment(8);
        assertEquals(
                eight, done(database().ensurePort("edge", PortSpec.internal("p7", eight))).owner());
    }

    @Test
    void aPortMayBeRemovedTwice() {
        done(database().ensureBridge(BRIDGE));
        done(database().ensurePort("edge", PortSpec.internal("p7", SEVEN)));
        assertTrue(done(database().removePort("edge", "p7")));
        assertFalse(done(database().removePort("edge", "p7")));
        assertEquals(Map.of(), done(database().listPorts("edge")));
    }

    @Test
    void aPortWithoutADeviceIsRefusedAndNotKept() {
        done(database().ensureBridge(BRIDGE));
        String error = refused(database().ensurePort("edge", PortSpec.system(NO_DEVICE, SEVEN)));
        assertTrue(error.contains("No such device"), error);
        assertEquals(Map.of(), done(database().listPorts("edge")));
    }

    @Test
    void aBridgeThatIsNotThereHasNoPortsAndTakesNone() {
        assertEquals(Map.of(), done(database().listPorts("edge")));
        assertFalse(done(database().removePort("edge", "p7")));
        assertFalse(
                refused(database().ensurePort("edge", PortSpec.internal("p7", SEVEN))).isEmpty());
    }

    @Test
    void aPortOfAnotherBridgeIsNotTakenAway() {
        done(database().ensureBridge(BRIDGE));
        done(database().ensureBridge(OTHER));
        done(database().ensurePort("other", PortSpec.internal("p7", SEVEN)));
        assertFalse(
                refused(database().ensurePort("edge", PortSpec.internal("p7", SEVEN))).isEmpty());
        assertFalse(done(database().removePort("edge", "p7")));
        assertEquals(Set.of("p7"), done(database().listPorts("other")).keySet());
    }
}
