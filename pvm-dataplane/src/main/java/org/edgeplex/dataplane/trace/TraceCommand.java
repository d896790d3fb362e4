package org.edgeplex.dataplane.trace;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The root of `edgeplex trace`.
@Command(
        name = "trace",
        description = "Follows a packet through the stages of a data plane.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = TracePacketCommand.class)
public final class TraceCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "trace: packet?");
    }
}
