package org.edgeplex.dataplane.traffic;

import picocli.CommandLine;

/// [TrafficCommand] as a program of its own, for those that start it without the launcher.
public final class TrafficProgram {
    private TrafficProgram() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TrafficCommand()).execute(arguments));
    }
}
