package org.edgeplex.controller.compute.netns;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.edgeplex.controller.compute.ProgramRole;

/// How the programs' JVMs are started.
///
/// @param java the launcher's path
/// @param flags of every program
/// @param roleFlags of one kind of program, after `flags`
/// @param mainClasses by role
public record JvmCommand(
        String java,
        String classPath,
        List<String> flags,
        Map<ProgramRole, List<String>> roleFlags,
        Map<ProgramRole, String> mainClasses) {

    private static final List<String> FLAGS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--add-exports",
                    "java.base/jdk.internal.misc=ALL-UNNAMED",
                    "-XX:+UseSerialGC",
                    "-Xshare:auto",
                    "-Dorg.slf4j.simpleLogger.showDateTime=true",
                    "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS");

    /// The control programs do little for long: the first compiler is enough, and starts faster.
    private static final List<String> CONTROL_FLAGS =
            List.of("-Xmx128m", "-XX:TieredStopAtLevel=1");

    public JvmCommand {
        flags = List.copyOf(flags);
        roleFlags = Map.copyOf(roleFlags);
        mainClasses = Map.copyOf(mainClasses);
    }

    /// The programs of EdgePlex on this process's own JDK and class path.
    public static JvmCommand own() {
        return new JvmCommand(
                System.getProperty("java.home") + "/bin/java",
                System.getProperty("java.class.path"),
                FLAGS,
                Map.of(
                        ProgramRole.DATAPLANE, List.of("-Xmx64m"),
                        ProgramRole.CONTROL, CONTROL_FLAGS,
                        ProgramRole.CVM, CONTROL_FLAGS),
                Map.of(
                        ProgramRole.DATAPLANE, "org.edgeplex.dataplane.DataplaneMain",
                        ProgramRole.CONTROL, "org.edgeplex.pvm.PvmControlMain",
                        ProgramRole.CVM, "org.edgeplex.cvm.CvmMain"));
    }

    List<String> of(ProgramRole role, List<String> arguments) {
        String mainClass = mainClasses.get(role);
        if (mainClass == null) {
            throw new IllegalStateException("no main class for " + role);
        }
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(flags);
        command.addAll(roleFlags.getOrDefault(role, List.of()));
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }
}
