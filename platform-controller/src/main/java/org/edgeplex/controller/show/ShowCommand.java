package org.edgeplex.controller.show;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The root of `edgeplex show`.
@Command(
        name = "show",
        description = "Shows what running programs count, without asking them.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = ShowDataplaneCommand.class)
public final class ShowCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "show: dataplane?");
    }
}
