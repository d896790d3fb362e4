package org.edgeplex.lab.node;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.lab.machine.CommandFailedException;

/// Our own programs: the JVM and the class path that this process has.
public final class Java {
    private Java() {}

    /// A JVM for something small that waits most of the time.
    public static List<String> command(int heapMegabytes, String mainClass, String... arguments) {
        String java =
                ProcessHandle.current()
                        .info()
                        .command()
                        .orElseThrow(() -> new CommandFailedException("/proc says no command"));
        List<String> line =
                new ArrayList<>(
                        List.of(
                                java,
                                "-Xmx" + heapMegabytes + "m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                                "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                                "-cp",
                                System.getProperty("java.class.path"),
                                mainClass));
        line.addAll(List.of(arguments));
        return line;
    }
}
