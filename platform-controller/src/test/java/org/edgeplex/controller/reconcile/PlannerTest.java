package org.edgeplex.controller.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.edgeplex.controller.compute.ProgramSpec;
import org.edgeplex.controller.health.Vitality;
import org.edgeplex.openflow.PortSpec;
import org.edgeplex.state.record.Instance;
import org.edgeplex.state.record.Instance.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is, and what is next: one row for each station of an access's way and of the way back.
class PlannerTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("stations")
    void whatIsNext(String station, Scene scene, List<String> next) {
        assertEquals(next, names(scene));
    }

    static Stream<Arguments> stations() {
        return Stream.of(
                station(
                        "nothing is there: numbers first",
                        new Scene(),
                        "Reserve vrf/1",
                        "Reserve attachment/1",
                        "Reserve vlan/101"),
                station(
                        "numbers of others are left alone",
                        new Scene()
                                .reserved("vrf/1", "blue/pe1")
                                .reserved("attachment/1", "blue/pe1/b")
                                .reserved("vlan/101", "blue/pe1/b"),
                        "Reserve vrf/2",
                        "Unreserve vlan/101",
                        "Unreserve attachment/1",
                        "Reserve attachment/2",
                        "Reserve vlan/102"),
                station(
                        "numbers: then records",
                        new Scene().numbers(),
                        "RenderVrf 1",
                        "RenderAttachment 1 ACTIVE"),
                station(
                        "records: then a host",
                        new Scene().records(),
                        "RecordInstance STARTING h1"),
                station(
                        "the other host is less loaded",
                        new Scene().records().other("pvm-9", "h1"),
                        "RecordInstance STARTING h2"),
                station(
                        "a sick host is passed over",
                        new Scene().records().sick("h1"),
                        "RecordInstance STARTING h2"),
                station("no host is well", new Scene().records().sick("h1").sick("h2")),
                station(
                        "a host: then both programs",
                        new Scene().records().instance(Phase.STARTING),
                        "StartProgram pvm-1/dataplane",
                        "StartProgram pvm-1/control"),
                station(
                        "a program that crashes in a loop waits",
                        new Scene()
                                .records()
                                .instance(Phase.STARTING)
                                .backingOff("pvm-1/dataplane"),
                        "StartProgram pvm-1/control"),
                station(
                        "found running: recorded",
                        new Scene().records().instance(Phase.STARTING).running(Vitality.STARTING),
                        "RecordInstance STARTING h1"),
                station(
                        "not up yet: wait",
                        new Scene().records().recorded(Phase.STARTING).running(Vitality.STARTING)),
                station(
                        "both alive: ports, then flows",
                        new Scene().records().recorded(Phase.STARTING).running(Vitality.ALIVE),
                        "EnsurePort ce-1",
                        "EnsurePort pvm1",
                        "ApplySteering [1]"),
                station(
                        "steered: wait for the label",
                        new Scene()
                                .records()
                                .recorded(Phase.STARTING)
                                .running(Vitality.ALIVE)
                                .steered()),
                station(
                        "the label is there: steer by it",
                        new Scene()
                                .records()
                                .recorded(Phase.STARTING)
                                .running(Vitality.ALIVE)
                                .steered()
                                .labelled(),
                        "ApplySteering [1]"),
                station(
                        "steered by the label: it runs",
                        new Scene()
                                .records()
                                .recorded(Phase.STARTING)
                                .running(Vitality.ALIVE)
                                .labelled()
                                .steered(),
                        "RecordInstance RUNNING h1"),
                station("all is well: nothing", Scene.well()),
                station(
                        "the flows of an earlier life are looked at once",
                        Scene.well().restarted(),
                        "EnsureBridge",
                        "ApplySteering [1]"),
                station(
                        "a program died: only that one again, and no flow",
                        Scene.well().dead("pvm-1/dataplane"),
                        "RecordInstance HEALING h1",
                        "StartProgram pvm-1/dataplane"),
                station(
                        "both died",
                        Scene.well().dead("pvm-1/dataplane").dead("pvm-1/control"),
                        "RecordInstance HEALING h1",
                        "StartProgram pvm-1/dataplane",
                        "StartProgram pvm-1/control"),
                station(
                        "a silent one is killed",
                        Scene.well().vitality("pvm-1/control", Vitality.SUSPECT),
                        "KillProgram pvm-1/control"),
                station(
                        "two of one kind: neither is trusted",
                        Scene.well().twice("pvm-1/control"),
                        "KillProgram pvm-1/control",
                        "KillProgram pvm-1/control"),
                station(
                        "the host is lost with all on it: another host",
                        Scene.well().dead("pvm-1/dataplane").dead("pvm-1/control").sick("h1"),
                        "RecordInstance HEALING h2"),
                station(
                        "withdrawn: told first",
                        Scene.well().withdrawn(),
                        "RenderAttachment 1 WITHDRAWING"),
                station(
                        "its routes are still there: wait",
                        Scene.well().withdrawn().withdrawing(1).withRoutes()),
                station(
                        "its routes are there for too long",
                        Scene.well().withdrawn().withdrawing(2).withRoutes(),
                        "WithdrawRoutes"),
                station(
                        "nobody is there to take the routes back",
                        Scene.well().withdrawn().withdrawing(1).withRoutes().dead("pvm-1/control"),
                        "WithdrawRoutes"),
                station("its label is still bound: wait", Scene.well().withdrawn().withdrawing(3)),
                station(
                        "its label is bound for too long",
                        Scene.well().withdrawn().withdrawing(4),
                        "ReleaseLabel"),
                station(
                        "the core has forgotten it: stop",
                        Scene.well().withdrawn().withdrawing(1).unlabelled().steered(),
                        "RecordInstance STOPPING h1"),
                station(
                        "stopping: programs and flows",
                        Scene.well()
                                .withdrawn()
                                .withdrawing(1)
                                .unlabelled()
                                .recorded(Phase.STOPPING),
                        "StopProgram pvm-1/dataplane",
                        "StopProgram pvm-1/control",
                        "ApplySteering []"),
                station(
                        "no flows: then no ports",
                        Scene.well()
                                .withdrawn()
                                .withdrawing(1)
                                .unlabelled()
                                .recorded(Phase.STOPPING)
                                .stopped()
                                .unsteered(),
                        "RemovePort ce-1",
                        "RemovePort pvm1"),
                station(
                        "nothing leads to it: it goes",
                        Scene.well()
                                .withdrawn()
                                .withdrawing(1)
                                .unlabelled()
                                .recorded(Phase.STOPPING)
                                .stopped()
                                .unsteered()
                                .unplugged(),
                        "RemoveInstance pvm-1"),
                station(
                        "and its records, numbers, intents",
                        Scene.well()
                                .withdrawn()
                                .withdrawing(1)
                                .unlabelled()
                                .stopped()
                                .unsteered()
                                .unplugged()
                                .noInstance(),
                        "RemoveAttachment 1",
                        "Unreserve vlan/101",
                        "Unreserve attachment/1",
                        "ForgetIntent red/pe1/red-1"));
    }

    @Test
    void withoutAFreeVlanTheReasonIsTold() {
        Scene scene =
                new Scene().reserved("vrf/1", "red/pe1").reserved("attachment/1", "red/pe1/red-1");
        for (int vlan = 101; vlan <= 110; vlan++) {
            scene.reserved("vlan/" + vlan, "blue/pe1/blue-" + vlan);
        }
        Plan plan = Planner.plan(scene.desired(), scene.observed());
        assertTrue(
                plan.problems().stream()
                        .anyMatch(problem -> problem.reason().contains("no vlan number is free")));
    }

    @Test
    void aPlanIsAFunctionOfWhatItSees() {
        assertEquals(names(Scene.well().dead("cvm")), names(Scene.well().dead("cvm")));
        assertEquals(
                List.of("RecordInstance HEALING cvm", "StartProgram cvm"),
                names(Scene.well().dead("cvm")));
    }

    private static Arguments station(String name, Scene scene, String... next) {
        return Arguments.of(name, scene, List.of(next));
    }

    private static List<String> names(Scene scene) {
        return Planner.plan(scene.desired(), scene.observed()).steps().stream()
                .map(PlannerTest::name)
                .toList();
    }

    private static String name(Step step) {
        String kind = step.getClass().getSimpleName();
        return switch (step) {
            case Step.Reserve(String key, _) -> kind + " " + key;
            case Step.Unreserve(String key) -> kind + " " + key;
            case Step.RenderVrf(int number, _) -> kind + " " + number;
            case Step.RemoveVrf(int number) -> kind + " " + number;
            case Step.RenderAttachment(int number, var attachment) ->
                    kind + " " + number + " " + attachment.lifecycle();
            case Step.RemoveAttachment(int number) -> kind + " " + number;
            case Step.RecordInstance(_, Instance record) ->
                    kind + " " + record.phase() + " " + record.host();
            case Step.StartProgram(_, ProgramSpec spec) -> kind + " " + spec.holder();
            case Step.KillProgram(_, var program, _) -> kind + " " + program.holder();
            case Step.StopProgram(_, var program) -> kind + " " + program.holder();
            case Step.EnsurePort(PortSpec port) -> kind + " " + port.name();
            case Step.RemovePort(String port) -> kind + " " + port;
            case Step.ApplySteering(var plan) ->
                    kind
                            + " "
                            + plan.attachments().stream()
                                    .map(entry -> entry.attachmentNumber())
                                    .toList();
            case Step.RemoveInstance(String instance, _) -> kind + " " + instance;
            case Step.ForgetIntent(_, String key) -> kind + " " + key;
            case Step.RenderSelf _,
                    Step.EnsureBridge _,
                    Step.WithdrawRoutes _,
                    Step.ReleaseLabel _ ->
                    kind;
        };
    }
}
