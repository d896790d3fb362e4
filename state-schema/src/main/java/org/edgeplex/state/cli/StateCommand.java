package org.edgeplex.state.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The root of `edgeplex state`.
@Command(
        name = "state",
        description = "Shows what a store holds, saves it, loads it.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ListCommand.class,
            GetCommand.class,
            ScanCommand.class,
            StatsCommand.class,
            HashCommand.class,
            DumpCommand.class,
            LoadCommand.class
        })
public final class StateCommand implements Runnable {
    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "state: ls, get, scan, stats, hash, dump or load?");
    }
}
