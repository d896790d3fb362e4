package org.edgeplex.controller.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.edgeplex.controller.intent.AccessId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.record.Instance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Stories of a PE, told on a manual clock.
class ReconcilerTest {
    private final World world = new World();
    private World.Life life = world.controller();

    @BeforeEach
    void createRed() {
        world.createRed(life.intents);
        life.intents.create(World.RED_PE1, World.access(1));
        world.ticks(life, 10);
    }

    @Test
    void anAccessRunsAfterItsSteps() {
        assertEquals(
                List.of("ACCEPTED", "RESERVED", "STARTING", "STEERED", "RUNNING"),
                life.told("red/pe1/red-1"));
        var attachment = world.state.get(Tables.ATTACHMENTS, 1).orElseThrow().value();
        assertEquals(101, attachment.vlanId());
        assertEquals("02:ed:6e:00:00:01", attachment.gatewayMac().toString());
        assertTrue(world.dump().contains("mpls_label=1001"), "the switch steers by the label");
        assertEquals(List.of("STARTING", "RUNNING"), life.told("cvm"));
    }

    @Test
    void pvmsSpreadOverTheHosts() {
        life.intents.create(World.RED_PE1, World.access(2));
        world.ticks(life, 10);
        assertNotEquals(host("pvm-1"), host("pvm-2"));
    }

    @Test
    void nothingToDoChangesNothing() {
        String before = world.dump();
        int sent = world.bridge.sent().size();
        long events = life.events.lastSequence();
        world.ticks(life, 50);
        assertEquals(before, world.dump());
        assertEquals(sent, world.bridge.sent().size());
        assertEquals(events, life.events.lastSequence());
    }

    @Test
    void aDeadProgramIsReplacedAndNothingElse() {
        Instance before = instance("pvm-1");
        String dump = world.dump();
        int sent = world.bridge.sent().size();
        world.machineOf("pvm-1/dataplane").crash("pvm-1/dataplane");
        world.ticks(life, 3);
        Instance after = instance("pvm-1");
        assertEquals(dump, world.dump(), "same label, VLAN, MAC, host, flows");
        assertEquals(sent, world.bridge.sent().size(), "the switch was left alone");
        assertEquals(1, after.restarts());
        assertNotEquals(before.programs().getFirst(), after.programs().getFirst());
        assertEquals(before.programs().getLast(), after.programs().getLast());
        assertEquals(
                List.of("RUNNING", "HEALING", "HEALED"), lastOf(life.told("red/pe1/red-1"), 3));
    }

    @Test
    void aSilentProgramIsFencedKilledAndReplaced() {
        // It has been up for a while: less is forgiven.
        world.ticks(life, 200);
        long epoch = epoch("pvm-1/control");
        Instance before = instance("pvm-1");
        world.vms.hang("pvm-1/control");
        world.ticks(life, 19);
        assertEquals(before, instance("pvm-1"), "under two seconds nobody is suspected");
        world.ticks(life, 5);
        world.vms.recover("pvm-1/control");
        world.ticks(life, 5);
        assertEquals("RUNNING", life.phase("red-1"));
        assertTrue(epoch("pvm-1/control") >= epoch + 2, "fenced, then claimed");
        assertEquals(before.programs().getFirst(), instance("pvm-1").programs().getFirst());
    }

    @Test
    void aStoreThatStandsStillCostsNobodyItsLife() {
        Instance pvm = instance("pvm-1");
        Instance cvm = instance("cvm");
        for (int i = 0; i < 50; i++) {
            world.stalledTick(life);
        }
        world.ticks(life, 5);
        assertEquals(pvm, instance("pvm-1"));
        assertEquals(cvm, instance("cvm"));
    }

    @Test
    void aDeadCvmIsReplacedWhileLabelsAndFlowsStay() {
        String dump = world.dump();
        int sent = world.bridge.sent().size();
        world.machineOf("cvm").crash("cvm");
        world.ticks(life, 5);
        assertEquals(dump, world.dump());
        assertEquals(sent, world.bridge.sent().size());
        assertEquals(List.of("HEALING", "HEALED"), lastOf(life.told("cvm"), 2));
    }

    @Test
    void deletingTheServiceLeavesNothing() {
        life.intents.withdraw("red");
        world.ticks(life, 20);
        String dump = world.dump();
        for (String trace : List.of("red", "pvm", "ce-1", "mpls_label=", "172.16")) {
            assertFalse(dump.contains(trace), trace + " is left: " + dump);
        }
        assertEquals("GONE", life.told("red").getLast());
        assertEquals(
                List.of("RUNNING", "WITHDRAWING", "GONE"), lastOf(life.told("red/pe1/red-1"), 3));
        assertTrue(dump.contains("[cvm]"), "the CVM goes on");
    }

    @Test
    void otherAccessesKeepTheirFlowsWhenOneGoes() {
        life.intents.create(World.RED_PE1, World.access(2));
        world.ticks(life, 10);
        int sent = world.bridge.sent().size();
        life.intents.withdraw(new AccessId(World.RED_PE1, "red-2"));
        world.ticks(life, 20);
        assertEquals("RUNNING", life.phase("red-1"));
        world.bridge
                .sent()
                .subList(sent, world.bridge.sent().size())
                .forEach(diff -> {
                    assertTrue(diff.adds().isEmpty() && diff.modifies().isEmpty());
                    diff.deletes().forEach(flow -> assertEquals(2, flow.cookie() & 0xffff));
                });
    }

    @Test
    void aControlProcessThatDoesNotWithdrawIsStoodInFor() {
        world.vms.hang("pvm-1/control");
        life.intents.withdraw("red");
        world.ticks(life, 200);
        assertFalse(world.dump().contains("pvm-1"));
        assertEquals("GONE", life.told("red/pe1/red-1").getLast());
    }

    @Test
    void aLabelThatTheCvmDoesNotReleaseIsReleasedForIt() {
        world.vms.hang("cvm");
        life.intents.withdraw("red");
        world.ticks(life, 200);
        assertTrue(world.state.scan(Tables.LABEL_BINDINGS).isEmpty());
        assertTrue(world.state.scan(Tables.LABELS).isEmpty());
        assertEquals("GONE", life.told("red").getLast());
    }

    @Test
    void aRestartedControllerDisturbsNothing() {
        String dump = world.dump();
        int sent = world.bridge.sent().size();
        var programs = instance("pvm-1").programs();
        life = world.controller();
        long events = life.events.lastSequence();
        world.ticks(life, 20);
        assertEquals(dump, world.dump());
        assertEquals(sent, world.bridge.sent().size(), "no flow changed");
        assertEquals(programs, instance("pvm-1").programs(), "no process was replaced");
        assertEquals(events, life.events.lastSequence(), "and there is nothing to tell");
    }

    @Test
    void aChangedAccessIsRenderedAndSteeredAgain() {
        var old = World.access(1);
        life.intents.change(
                new AccessId(World.RED_PE1, "red-1"),
                new org.edgeplex.controller.intent.VpnNetworkAccess(
                        "red-1", "ce-9", old.link(), 1400, old.routing()),
                new org.edgeplex.controller.intent.ChangeCondition.Unconditional());
        world.ticks(life, 5);
        assertEquals(1400, world.state.get(Tables.ATTACHMENTS, 1).orElseThrow().value().mtuBytes());
        assertFalse(world.dump().contains("ce-1"));
        assertTrue(world.dump().contains("ce-9"));
        assertEquals("RUNNING", life.told("red/pe1/red-1").getLast());
    }

    @Test
    void aPvmMovesWhenItsHostIsLost() {
        String lost = host("pvm-1");
        var machine = world.machineOf("pvm-1/control");
        machine.setProblem("its namespace is gone");
        machine.crash("pvm-1/control");
        machine.crash("pvm-1/dataplane");
        world.ticks(life, 10);
        assertNotEquals(lost, host("pvm-1"));
        assertEquals("RUNNING", life.phase("red-1"));
    }

    @Test
    void withoutAHostTheReasonIsToldOnce() {
        world.machines.forEach(machine -> machine.setProblem("its namespace is gone"));
        life.intents.create(World.RED_PE1, World.access(2));
        world.ticks(life, 10);
        assertEquals(List.of("ACCEPTED", "RESERVED", "FAILED"), life.told("red/pe1/red-2"));
        world.machines.forEach(machine -> machine.setProblem(""));
        world.ticks(life, 10);
        assertEquals("RUNNING", life.phase("red-2"));
    }

    @Test
    void aSwitchThatWasAwayIsProgrammedWhenItIsBack() {
        world.bridge.setReachable(false);
        life.intents.create(World.RED_PE1, World.access(2));
        world.ticks(life, 10);
        assertEquals("STARTING", life.phase("red-2"));
        world.bridge.setReachable(true);
        world.ticks(life, 10);
        assertEquals("RUNNING", life.phase("red-2"));
    }

    private Instance instance(String name) {
        return world.state.get(Tables.INSTANCES, name).orElseThrow().value();
    }

    private String host(String instance) {
        return instance(instance).host();
    }

    private long epoch(String holder) {
        return world.state.get(Tables.LEASES, holder).orElseThrow().value().epoch();
    }

    private static List<String> lastOf(List<String> list, int count) {
        return list.subList(list.size() - count, list.size());
    }
}
