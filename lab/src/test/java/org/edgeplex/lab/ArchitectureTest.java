package org.edgeplex.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Timer;
import java.util.stream.Stream;
import org.edgeplex.state.client.Stores;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The directions of `docs/ARCHITECTURE.md`, held over the classes of all modules.
final class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.edgeplex");

    private static final String[] STATE = {"org.edgeplex.net..", "org.edgeplex.state.."};

    /// The programs: they meet in the store, and nowhere else.
    private static final List<List<String>> PROGRAMS =
            List.of(
                    List.of("org.edgeplex.controller..", "org.edgeplex.openflow.."),
                    List.of("org.edgeplex.cvm..", "org.edgeplex.ldp.."),
                    List.of("org.edgeplex.pvm.."),
                    List.of("org.edgeplex.dataplane.."));

    /// Where native calls are allowed.
    private static final String[] NATIVE = {
        "org.edgeplex.state.lmdb..",
        "org.edgeplex.state.netns..",
        "org.edgeplex.state.ramcloud.capi..",
        "org.edgeplex.dataplane.io.dpdk..",
        "org.edgeplex.dataplane.io.linux..",
        "org.edgeplex.dataplane.bench..",
        "org.edgeplex.cvm.kernel.."
    };

    /// What runs for each packet.
    private static final String[] PACKET_PATH = {
        "org.edgeplex.dataplane.worker..",
        "org.edgeplex.dataplane.forward..",
        "org.edgeplex.dataplane.table..",
        "org.edgeplex.dataplane.packet.."
    };

    /// One slice per package; the catalogue of tables and its records are one.
    private static final SliceAssignment BY_PACKAGE =
            new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass c) {
                    String name = c.getPackageName();
                    return name.startsWith("org.edgeplex")
                            ? SliceIdentifier.of(name.replace(".state.record", ".state"))
                            : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                    return "packages of org.edgeplex";
                }
            };

    @Test
    void thereIsSomethingOfEveryModuleToLookAt() {
        for (String module :
                List.of(
                        "net",
                        "state",
                        "telemetry",
                        "bgp",
                        "cvm",
                        "ldp",
                        "pvm",
                        "dataplane",
                        "openflow",
                        "controller",
                        "lab")) {
            assertTrue(
                    CLASSES.stream()
                            .anyMatch(c -> c.getPackageName().startsWith("org.edgeplex." + module)),
                    module);
        }
    }

    @Test
    void theStateSchemaImportsNothingOfOurs() {
        noClasses()
                .that()
                .resideInAnyPackage(STATE)
                .should()
                .dependOnClassesThat(oursExcept("org.edgeplex.net", "org.edgeplex.state"))
                .check(CLASSES);
    }

    /// Files that any program may write and any other read, without a store.
    @Test
    void telemetryKnowsNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("org.edgeplex.telemetry..")
                .should()
                .dependOnClassesThat(oursExcept("org.edgeplex.telemetry"))
                .check(CLASSES);
    }

    @Test
    void prometheusHasOneUser() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.edgeplex.telemetry.prometheus..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.prometheus..")
                .check(CLASSES);
    }

    @Test
    void bgpKnowsNoVmAndNoStore() {
        noClasses()
                .that()
                .resideInAPackage("org.edgeplex.bgp..")
                .should()
                .dependOnClassesThat(oursExcept("org.edgeplex.bgp", "org.edgeplex.net"))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> oursExcept(String... allowed) {
        return DescribedPredicate.describe(
                "are ours, but not of " + List.of(allowed),
                c ->
                        c.getPackageName().startsWith("org.edgeplex.")
                                && Stream.of(allowed).noneMatch(c.getPackageName()::startsWith));
    }

    @TestFactory
    Stream<DynamicTest> noProgramImportsAnother() {
        return PROGRAMS.stream()
                .map(program ->
                        DynamicTest.dynamicTest(
                                program.getFirst(),
                                () ->
                                        noClasses()
                                                .that()
                                                .resideInAnyPackage(program.toArray(String[]::new))
                                                .should()
                                                .dependOnClassesThat()
                                                .resideInAnyPackage(others(program))
                                                .check(CLASSES)));
    }

    private static String[] others(List<String> program) {
        return Stream.concat(
                        PROGRAMS.stream()
                                .filter(other -> !other.equals(program))
                                .flatMap(List::stream),
                        Stream.of("org.edgeplex.lab.."))
                .toArray(String[]::new);
    }

    @Test
    void theOpenFlowLibraryHasOneUser() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.edgeplex.openflow.loxi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.projectfloodlight..", "io.netty..")
                .check(CLASSES);
    }

    /// Nothing but values: so whatever blocks, tells time or logs is out, known here or not.
    @Test
    void stateMachinesNeitherBlockNorTellTime() {
        classes()
                .that()
                .resideInAPackage("..fsm..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang",
                        "java.lang.invoke",
                        "java.lang.runtime",
                        "java.util",
                        "org.jspecify.annotations",
                        "org.edgeplex.net..",
                        "..fsm..",
                        "..wire..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..fsm..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Timer.class)
                .check(CLASSES);
    }

    @Test
    void thePacketPathNeitherLogsNorLocksNorKnowsTheStore() {
        noClasses()
                .that()
                .resideInAnyPackage(PACKET_PATH)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.slf4j..",
                        "java.util.logging..",
                        "java.util.concurrent..",
                        "org.edgeplex.state..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(System.Logger.class)
                .check(CLASSES);
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(PACKET_PATH)
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .check(CLASSES);
    }

    @Test
    void theEngineIsChosenInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.edgeplex.state.lmdb..")
                .and()
                .doNotBelongToAnyOf(Stores.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.edgeplex.state.lmdb..")
                .check(CLASSES);
    }

    @Test
    void nativeCallsLiveInFewPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages(NATIVE)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.foreign.Linker")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.foreign.SymbolLookup")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(BY_PACKAGE).should().beFreeOfCycles().check(CLASSES);
    }
}
