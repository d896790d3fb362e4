package org.edgeplex.dataplane.io.linux;

import java.util.ArrayList;
import java.util.List;

/// A program of ours in a process of its own, as DPDK wants it.
public final class TestProgram {
    private TestProgram() {}

    /// What starts it, with the tests' classes.
    public static List<String> command(Class<?> main, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-exports",
                                "java.base/jdk.internal.misc=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
