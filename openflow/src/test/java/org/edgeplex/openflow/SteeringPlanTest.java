package org.edgeplex.openflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.edgeplex.net.MplsLabel;
import org.junit.jupiter.api.Test;

final class SteeringPlanTest {
    private static final Map<String, Integer> OFPORTS =
            Map.of(
                    "core", 1, "cvm", 2, "access1", 11, "pvm1", 12, "access2", 21, "pvm2", 22,
                    "pvm9", 92);

    private static final String PROVIDER_EDGE =
            """
            0: table 0, 200, in_port=1,vlan_tci=0x0000/0x1fff,dl_type=0x8847 -> goto_table:1
            0: table 1, 200, in_port=1 -> drop
            0: table 1, 100, dl_type=0x8847 -> output:1
            0: table 0, 100, in_port=1 -> output:2
            0: table 0, 100, in_port=2 -> output:1
            """;

    private static final String FIRST =
            """
            1: table 0, 210, in_port=11,dl_type=0x8847 -> drop
            1: table 0, 200, in_port=11,vlan_tci=0x0000/0x1fff -> \
            push_vlan:0x8100,set_field:4197->vlan_vid,output:12
            1: table 0, 200, in_port=12,vlan_tci=0x0000/0x1fff,dl_type=0x8847 -> goto_table:1
            1: table 0, 200, in_port=12,dl_vlan=101 -> pop_vlan,output:11
            """;

    private static final String FIRST_LABEL =
            """
            1: table 1, 300, dl_dst=02:00:00:00:00:01,dl_type=0x8847,mpls_label=1001 -> output:12
            """;

    @Test
    void withoutAttachmentsOnlyTheCvmReachesTheCore() {
        assertFlows(PROVIDER_EDGE, Plans.of());
    }

    @Test
    void anAttachmentWithoutALabelLacksTheLabelsFlow() {
        assertFlows(PROVIDER_EDGE + FIRST, Plans.of(Plans.attachment(1)));
    }

    @Test
    void aBoundLabelLeadsToThePvm() {
        assertFlows(PROVIDER_EDGE + FIRST + FIRST_LABEL, Plans.of(Plans.labelled(1, 1001)));
    }

    @Test
    void afterAMoveTheOldPvmMayEmptyItsQueues() {
        AttachmentSteering moved = Plans.labelled(1, 1001).movedTo("pvm9");
        String drained =
                """
                1: table 0, 200, in_port=12,vlan_tci=0x0000/0x1fff,dl_type=0x8847 -> goto_table:1
                1: table 0, 200, in_port=12,dl_vlan=101 -> pop_vlan,output:11
                """;
        String onNewPort =
                (FIRST + FIRST_LABEL)
                        .replace("in_port=12", "in_port=92")
                        .replace("output:12", "output:92");
        assertFlows(PROVIDER_EDGE + onNewPort + drained, Plans.of(moved));
    }

    @Test
    void flowsThatNeedAMissingPortAreLeftOutAndThePortIsNamed() {
        Map<String, Integer> some = Map.of("core", 1, "cvm", 2, "pvm1", 12);
        SteeringPlan.Resolved resolved = Plans.two().resolve(some);
        assertEquals(new TreeSet<>(Set.of("access1", "access2", "pvm2")), resolved.missingPorts());
        assertTrue(resolved.flows().stream().noneMatch(flow -> flow.cookie() == cookie(2)));
        List<String> ofFirst =
                resolved.flows().stream()
                        .filter(flow -> flow.cookie() == cookie(1))
                        .map(SteeringPlanTest::text)
                        .toList();
        assertEquals(
                List.of(
                        "1: table 0, 200, in_port=12,vlan_tci=0x0000/0x1fff,dl_type=0x8847"
                                + " -> goto_table:1",
                        "1: table 1, 300, dl_dst=02:00:00:00:00:01,dl_type=0x8847,mpls_label=1001"
                                + " -> output:12"),
                ofFirst);
    }

    @Test
    void withoutACvmTheCoreStillReachesThePvms() {
        Map<String, Integer> withoutCvm = Map.of("core", 1, "access1", 11, "pvm1", 12);
        SteeringPlan.Resolved resolved = Plans.of(Plans.labelled(1, 1001)).resolve(withoutCvm);
        assertEquals(Set.of("cvm"), resolved.missingPorts());
        assertEquals(
                (PROVIDER_EDGE.lines().limit(3).collect(Collectors.joining("\n"))
                                + '\n'
                                + FIRST
                                + FIRST_LABEL)
                        .lines()
                        .collect(Collectors.toSet()),
                resolved.flows().stream().map(SteeringPlanTest::text).collect(Collectors.toSet()));
    }

    @Test
    void noTwoFlowsAreTheSameForTheSwitch() {
        List<Flow> flows = Plans.two().resolve(OFPORTS).flows();
        assertEquals(
                flows.size(), flows.stream().map(Flow::key).distinct().count(), flows::toString);
        assertTrue(flows.stream().allMatch(Flow::isOurs));
    }

    @Test
    void refusesWhatWouldMixTwoCustomers() {
        AttachmentSteering first = Plans.labelled(1, 1001);
        VpnLabel other = VpnLabel.bound(new MplsLabel(1002));
        for (AttachmentSteering second :
                List.of(
                        new AttachmentSteering(1, "access2", "pvm2", 102, other),
                        new AttachmentSteering(2, "access1", "pvm2", 102, other),
                        new AttachmentSteering(2, "access2", "pvm1", 102, other),
                        new AttachmentSteering(2, "access2", "core", 102, other),
                        new AttachmentSteering(2, "cvm", "pvm2", 102, other),
                        new AttachmentSteering(2, "access2", "pvm2", 102, other, List.of("pvm1")),
                        Plans.labelled(2, 1001))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Plans.of(first, second),
                    second::toString);
        }
    }

    @Test
    void refusesReservedLabelsAndVlans() {
        assertThrows(IllegalArgumentException.class, () -> VpnLabel.bound(MplsLabel.IMPLICIT_NULL));
        for (int vlanId : new int[] {0, 4095}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new AttachmentSteering(1, "a", "p", vlanId, VpnLabel.unbound()));
        }
    }

    private static void assertFlows(String expected, SteeringPlan plan) {
        SteeringPlan.Resolved resolved = plan.resolve(OFPORTS);
        assertEquals(Set.of(), resolved.missingPorts());
        assertEquals(
                expected.lines().sorted().collect(Collectors.joining("\n")),
                resolved.flows().stream()
                        .map(SteeringPlanTest::text)
                        .sorted()
                        .collect(Collectors.joining("\n")));
    }

    private static String text(Flow flow) {
        return Stream.of(
                        Cookies.attachmentNumber(flow.cookie()) + ": table " + flow.tableId(),
                        Integer.toString(flow.priority()),
                        flow.matchText() + " -> " + flow.actionsText())
                .collect(Collectors.joining(", "));
    }

    private static long cookie(long attachmentNumber) {
        return Cookies.ofAttachment(attachmentNumber);
    }
}
