package org.edgeplex.lab.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.RunDirectory;
import org.edgeplex.lab.node.LabNodes;
import org.edgeplex.lab.node.Place;
import org.edgeplex.lab.node.ProviderEdgeNode;
import org.edgeplex.lab.runner.Lab;
import org.edgeplex.lab.topology.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edgeplex lab ...`: what is short; [LabRunCommand] is the long one.
@Command(
        name = "lab",
        description = "Topologies on this machine: real peers, real packets.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = LabRunCommand.class)
final class LabCommand {
    private static final String NAME = "l3vpn";
    private static final String NAME_IS = "The lab's name (default: ${DEFAULT-VALUE}).";

    @Command(description = "Lists the labs of this machine.", mixinStandardHelpOptions = true)
    void list() {
        for (String name : RunDirectory.labs()) {
            RunDirectory directory = RunDirectory.of(name);
            Terminal.print("%-16s %-8s %s".formatted(name, Lab.state(directory), directory.path()));
        }
    }

    @Command(description = "Says how a lab is doing.", mixinStandardHelpOptions = true)
    void status(@Option(names = "--name", defaultValue = NAME, description = NAME_IS) String name) {
        LabNodes nodes = Lab.attach(name);
        RunDirectory directory = RunDirectory.of(name);
        Terminal.print("lab %s: %s, in %s".formatted(name, Lab.state(directory), directory.path()));
        Terminal.print("\n%-10s %-12s %s".formatted("NODE", "KIND", "PORTS"));
        for (Node node : nodes.topology().nodes().values()) {
            Terminal.print(
                    "%-10s %-12s %s"
                            .formatted(
                                    node.name(),
                                    node.kind(),
                                    String.join(" ", nodes.wiring(node.name()))));
        }
        Terminal.print("\n%-28s %8s  %s".formatted("PROGRAM", "PID", "STATE"));
        for (Machine.ProgramStatus program : new Machine(directory).programs()) {
            Terminal.print(
                    "%-28s %8d  %s"
                            .formatted(
                                    program.what(),
                                    program.pid(),
                                    program.isRunning() ? "running" : "ended"));
        }
        for (ProviderEdgeNode pe : nodes.providerEdges()) {
            Terminal.print("\n" + pe.name() + ": state ls --store '" + pe.storeLocation() + "'");
            Terminal.print(
                    " ".repeat(pe.name().length() + 2)
                            + pe.api(_ -> {}).environment()
                            + " ./edgeplex vpn list");
            pe.controllerCommand()
                    .ifPresent(command ->
                            Terminal.print(
                                    " ".repeat(pe.name().length() + 2)
                                            + "nobody heals it until its controller is started"
                                            + " again: "
                                            + command));
        }
    }

    @Command(
            description = {
                "Runs a command in a node, such as: lab exec p vtysh -c 'show mpls ldp neighbor'.",
                "In an edgeplex-pe it runs beside the CVM."
            },
            mixinStandardHelpOptions = true)
    int exec(
            @Option(names = "--name", defaultValue = NAME, description = NAME_IS) String name,
            @Parameters(paramLabel = "NODE") String node,
            @Parameters(paramLabel = "COMMAND", arity = "1..*") List<String> command) {
        return Terminal.run(RunDirectory.of(name), Lab.attach(name).get(node).inside(command));
    }

    @Command(
            description = {
                "Captures a node's port with tcpdump, such as: lab capture p pe1 mpls.",
                "With --write FILE as pcap; FILE may be - for the output."
            },
            mixinStandardHelpOptions = true)
    int capture(
            @Option(names = "--name", defaultValue = NAME, description = NAME_IS) String name,
            @Option(names = "--write", paramLabel = "FILE", defaultValue = "") String file,
            @Parameters(paramLabel = "NODE") String node,
            @Parameters(paramLabel = "PORT") String port,
            @Parameters(paramLabel = "FILTER", arity = "0..*") List<String> filter) {
        Place place = Lab.attach(name).place(node, port);
        List<String> command = new ArrayList<>(List.of("tcpdump", "-n", "-i", place.device()));
        if (file.isEmpty()) {
            command.addAll(List.of("-e", "-l"));
        } else {
            boolean isOutput = file.equals("-");
            command.addAll(
                    List.of(
                            "-U",
                            "-w",
                            isOutput ? file : Path.of(file).toAbsolutePath().toString()));
        }
        if (filter != null) {
            command.addAll(filter);
        }
        return Terminal.run(RunDirectory.of(name), place.namespace().inside(command));
    }

    @Command(description = "Takes a lab down, and all it made.", mixinStandardHelpOptions = true)
    void down(@Option(names = "--name", defaultValue = NAME, description = NAME_IS) String name) {
        if (!RunDirectory.of(name).exists()) {
            throw Lab.notUp(name);
        }
        Lab.down(name);
        Terminal.print("lab %s is down".formatted(name));
    }
}
