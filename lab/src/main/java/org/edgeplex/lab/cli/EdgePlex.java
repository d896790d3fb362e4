package org.edgeplex.lab.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.Set;
import org.edgeplex.controller.cli.ControllerCommand;
import org.edgeplex.controller.cli.VpnCommand;
import org.edgeplex.controller.show.ShowCommand;
import org.edgeplex.dataplane.bench.ForwardCommand;
import org.edgeplex.dataplane.trace.TraceCommand;
import org.edgeplex.dataplane.traffic.TrafficCommand;
import org.edgeplex.lab.idle.IdleCommand;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.runner.LabException;
import org.edgeplex.lab.start.StartCommand;
import org.edgeplex.lab.start.TrainCommand;
import org.edgeplex.lab.topology.TopologyException;
import org.edgeplex.state.FileFailure;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.bench.cli.BenchCommand;
import org.edgeplex.state.cli.StateCommand;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The root command.
@Command(
        name = "edgeplex",
        description = "The provider-edge router that cannot lose its state.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LabCommand.class,
            VpnCommand.class,
            ControllerCommand.class,
            ShowCommand.class,
            StateCommand.class,
            BenchCommand.class,
            SimulateCommand.class,
            TraceCommand.class,
            TrafficCommand.class,
            TestCommand.class,
            TrainCommand.class,
            EdgePlex.Completion.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        version = "EdgePlex 0.1.0")
public final class EdgePlex {
    /// What follows the node is another program's own: `lab exec p vtysh -c ...`.
    private static final Set<String> PASS_ON = Set.of("exec", "capture");

    private EdgePlex() {}

    public static void main(String[] arguments) {
        StandardOutput output = new StandardOutput();
        CommandLine line = commandLine();
        PrintWriter out = new PrintWriter(output, true, StandardCharsets.UTF_8);
        line.setOut(out);
        int status = line.execute(arguments);
        out.flush();
        System.exit(output.isWhole() ? status : output.explain(line.getErr()));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new EdgePlex());
        CommandLine bench = Objects.requireNonNull(line.getSubcommands().get("bench"));
        bench.addSubcommand(new ForwardCommand());
        bench.addSubcommand(new StartCommand());
        bench.addSubcommand(new IdleCommand());
        line.setParameterExceptionHandler(new UsageErrors());
        line.setExecutionExceptionHandler((e, command, _) -> {
            if (e instanceof UncheckedIOException io
                    && io.getCause() instanceof FileSystemException file) {
                command.getErr().println("edgeplex: " + FileFailure.text(file));
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            if (isForTheUser(e)) {
                command.getErr().println("edgeplex: " + e.getMessage());
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            throw e;
        });
        line.getSubcommands().values().stream()
                .flatMap(command -> command.getSubcommands().entrySet().stream())
                .filter(entry -> PASS_ON.contains(entry.getKey()))
                .forEach(entry -> entry.getValue().setStopAtPositional(true));
        return line;
    }

    /// Whether the message says all; anything else is a mistake of ours and shows its stack.
    private static boolean isForTheUser(Exception e) {
        return e instanceof LabException
                || e instanceof CommandFailedException
                || e instanceof TopologyException
                || e instanceof StoreException
                || e instanceof IllegalArgumentException;
    }

    /// Prints what a shell sources to complete our commands.
    @Command(
            name = "completion",
            mixinStandardHelpOptions = true,
            description = "Prints a completion script for the shell.")
    static final class Completion implements Runnable {
        @SuppressWarnings("NullAway.Init")
        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec;

        @CommandLine.Parameters(description = "The shell: bash (zsh reads the same).")
        private String shell = "bash";

        @Override
        public void run() {
            if (!shell.equals("bash") && !shell.equals("zsh")) {
                throw new LabException("there is completion for bash and zsh, not for " + shell);
            }
            CommandLine root = spec.root().commandLine();
            root.getOut().print(AutoComplete.bash("edgeplex", root));
            root.getOut().flush();
        }
    }
}
