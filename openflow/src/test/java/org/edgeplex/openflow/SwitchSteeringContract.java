package org.edgeplex.openflow;

import static org.edgeplex.openflow.Outcomes.done;
import static org.edgeplex.openflow.Outcomes.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [SwitchSteering] does. A subclass provides a switch without flows and ports.
public abstract class SwitchSteeringContract {
    protected static final String BRIDGE = "edge";

    /// The bridge of a new switch, for this test only.
    protected abstract SwitchSteering steering();

    /// One more connection to the same bridge.
    protected abstract SwitchSteering anotherSteering() throws Exception;

    protected abstract SwitchDatabase database();

    /// Puts a flow into the bridge that is not of EdgePlex: `in_port=PORT`, one output to `toPort`.
    protected abstract void addForeignFlow(int table, int priority, int port, int toPort)
            throws Exception;

    /// From now on the switch refuses the changes of [#steering].
    protected abstract void refuseChanges();

    @BeforeEach
    void addBridgeAndPorts() {
        done(database().ensureBridge(new BridgeSpec(BRIDGE, 0xED6E)));
        for (String port : Plans.PORTS) {
            addPort(port);
        }
    }

    private SwitchPort.Ready addPort(String name) {
        PortSpec spec = PortSpec.internal(name, new PortSpec.Owner.ProviderEdge());
        return done(database().ensurePort(BRIDGE, spec));
    }

    @Test
    void appliesAPlanToAnEmptySwitch() {
        SteeringReport report = done(steering().apply(Plans.two()));
        List<Flow> planned = planned(Plans.two());
        assertEquals(planned.size(), report.addedCount());
        assertEquals(0, report.modifiedCount() + report.removedCount());
        assertTrue(report.isComplete());
        assertEquals(Set.copyOf(planned), Set.copyOf(flows()));
    }

    @Test
    void listsFlowsByTableAndFallingPriority() {
        done(steering().apply(Plans.two()));
        List<Flow> flows = flows();
        assertEquals(
                flows.stream()
                        .sorted(
                                Comparator.comparingInt(Flow::tableId)
                                        .thenComparing(Flow::priority, Comparator.reverseOrder())
                                        .thenComparing(Flow::matchText))
                        .toList(),
                flows);
    }

    @Test
    void theSamePlanAgainSendsNothing() {
        done(steering().apply(Plans.two()));
        assertTrue(done(steering().apply(Plans.two())).isUnchanged());
    }

    @Test
    void anotherControllerWithTheSamePlanSendsNothing() throws Exception {
        done(steering().apply(Plans.two()));
        steering().close();
        try (SwitchSteering successor = anotherSteering()) {
            assertEquals(Set.copyOf(planned(Plans.two())), Set.copyOf(flows(successor)));
            assertTrue(done(successor.apply(Plans.two())).isUnchanged());
        }
    }

    @Test
    void aLabelThatIsBoundAddsItsFlowOnly() {
        done(steering().apply(Plans.of(Plans.attachment(1), Plans.labelled(2, 1002))));
        SteeringReport report = done(steering().apply(Plans.two()));
        assertEquals(
                List.of(1, 0, 0),
                List.of(report.addedCount(), report.modifiedCount(), report.removedCount()));
        assertEquals(Set.copyOf(planned(Plans.two())), Set.copyOf(flows()));
    }

    @Test
    void aMoveModifiesWhatLeadsToThePvm() {
        addPort("pvm9");
        SteeringPlan before = Plans.of(Plans.labelled(1, 1001));
        done(steering().apply(before));
        SteeringPlan after = Plans.of(Plans.labelled(1, 1001).movedTo("pvm9"));
        SteeringReport report = done(steering().apply(after));
        assertEquals(
                List.of(2, 2, 0),
                List.of(report.addedCount(), report.modifiedCount(), report.removedCount()));
        assertEquals(Set.copyOf(planned(after)), Set.copyOf(flows()));
    }

    @Test
    void aPortOfAnotherAttachmentTakesTheNewCookie() {
        done(steering().apply(Plans.of(Plans.labelled(1, 1001))));
        SteeringPlan after =
                Plans.of(
                        new AttachmentSteering(
                                2, "access1", "pvm1", 101, Plans.labelled(2, 1001).label()));
        done(steering().apply(after));
        assertEquals(Set.copyOf(planned(after)), Set.copyOf(flows()));
    }

    @Test
    void anAttachmentThatIsGoneLeavesNoFlow() {
        done(steering().apply(Plans.two()));
        SteeringReport report = done(steering().apply(Plans.of(Plans.labelled(2, 1002))));
        assertEquals(5, report.removedCount());
        assertTrue(flows().stream().noneMatch(flow -> flow.cookie() == Cookies.ofAttachment(1)));
    }

    @Test
    void aPortThatIsGoneTakesItsFlowsAlong() {
        done(steering().apply(Plans.two()));
        assertTrue(done(database().removePort(BRIDGE, "pvm1")));
        SteeringReport report = done(steering().apply(Plans.two()));
        assertEquals(Set.of("pvm1"), report.missingPorts());
        assertFalse(report.isComplete());
        assertTrue(flows().stream().noneMatch(flow -> flow.cookie() == Cookies.ofAttachment(1)));
        addPort("pvm1");
        assertTrue(done(steering().apply(Plans.two())).isComplete());
        assertEquals(Set.copyOf(planned(Plans.two())), Set.copyOf(flows()));
    }

    @Test
    void aForeignFlowIsReportedAndLeftAlone() throws Exception {
        addForeignFlow(0, 7, 1, 2);
        SteeringReport applied = done(steering().apply(Plans.two()));
        assertEquals(1, applied.foreign().size());
        assertEquals(7, applied.foreign().getFirst().priority());
        SteeringReport emptied = done(steering().apply(Plans.of()));
        assertEquals(1, emptied.foreign().size());
        assertTrue(flows().stream().anyMatch(flow -> flow.priority() == 7));
    }

    @Test
    void aForeignFlowInThePlaceOfOursIsLeftAndOursReportedAsShadowed() throws Exception {
        int core = ofports().getOrDefault("core", 0);
        int cvm = ofports().getOrDefault("cvm", 0);
        addForeignFlow(0, 100, core, cvm);
        SteeringReport report = done(steering().apply(Plans.two()));
        assertEquals(1, report.shadowed().size());
        assertEquals("in_port=" + core, report.shadowed().getFirst().matchText());
        assertFalse(report.isComplete());
        assertEquals(planned(Plans.two()).size() - 1, report.addedCount());
        assertTrue(done(steering().apply(Plans.two())).isUnchanged());
    }

    @Test
    void aPlanThatTheSwitchRefusesChangesNothing() {
        done(steering().apply(Plans.of(Plans.labelled(1, 1001))));
        List<Flow> before = flows();
        refuseChanges();
        assertFalse(refused(steering().apply(Plans.two())).isEmpty());
        assertEquals(before, flows());
    }

    private List<Flow> planned(SteeringPlan plan) {
        return plan.resolve(ofports()).flows();
    }

    private Map<String, Integer> ofports() {
        Map<String, Integer> ofports = new HashMap<>();
        for (SwitchPort port : done(database().listPorts(BRIDGE)).values()) {
            if (port instanceof SwitchPort.Ready(String name, int ofport, _)) {
                ofports.put(name, ofport);
            }
        }
        return ofports;
    }

    private List<Flow> flows() {
        return flows(steering());
    }

    private static List<Flow> flows(SwitchSteering steering) {
        return done(steering.flows()).stream().map(FlowEntry::flow).toList();
    }
}
