package org.edgeplex.lab.node;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.CommandResult;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.Namespace;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.topology.Node;
import org.edgeplex.net.MplsLabel;

/// A node that is one namespace: an end system, or a router that forwards with its kernel.
public final class ServerNode implements RunningNode {
    private final Machine machine;
    private final Node node;
    private final Namespace namespace;
    private final Path home;

    ServerNode(Machine machine, Node node) {
        this.machine = machine;
        this.node = node;
        this.namespace = machine.namespace(node.name());
        this.home = machine.directory().resolve(node.name());
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public void create() {
        machine.makeNamespace(node.name());
        machine.directory().directory(node.name());
    }

    @Override
    public Place port(String port) {
        return new Place(namespace, port);
    }

    @Override
    public void start() {
        for (String command : node.exec()) {
            namespace.run("sh", "-c", command);
        }
        switch (node) {
            case Node.Frr frr -> {
                if (frr.mpls()) {
                    switchLabels();
                }
                frr().start(frr.startupConfig(), frr.daemons());
            }
            case Node.Bird bird -> startBird(bird.startupConfig());
            case Node.Gobgp gobgp -> startGobgp(gobgp.startupConfig());
            case Node.Linux _ -> {}
            case Node.EdgePlexPe _ -> throw new IllegalStateException("a PE is no server");
        }
    }

    @Override
    public List<String> inside(List<String> command) {
        if (node instanceof Node.Frr) {
            return frr().inside(command);
        }
        // `birdc` finds its BIRD without being told where.
        boolean isBirdc = node instanceof Node.Bird && command.getFirst().equals("birdc");
        return namespace.inside(
                isBirdc
                        ? concat(
                                List.of("birdc", "-s", birdSocket()),
                                command.subList(1, command.size()))
                        : command);
    }

    public Namespace namespace() {
        return namespace;
    }

    public Node node() {
        return node;
    }

    public Frr frr() {
        return new Frr(machine, namespace, home.resolve("frr"));
    }

    /// What `birdc` answers; empty text while BIRD does not.
    public String birdc(String... command) {
        CommandResult result =
                machine.commands()
                        .attempt(
                                Deadlines.DAEMON,
                                concat(List.of("birdc", "-s", birdSocket()), List.of(command)));
        return result.succeeded() ? result.output() : "";
    }

    /// The kernel forwards labels on every port; FRR fills its table.
    private void switchLabels() {
        namespace.run("sysctl", "-qw", "net.mpls.platform_labels=" + MplsLabel.MAX);
        namespace.run("sh", "-c", "for i in /proc/sys/net/mpls/conf/*/input; do echo 1 > $i; done");
    }

    private void startBird(Path config) {
        namespace.run("bird", "-c", config.toString(), "-s", birdSocket(), "-P", pidFile("bird"));
        if (!Poll.until(Deadlines.DAEMON, () -> birdc("show", "status").contains("Daemon is up"))) {
            throw new CommandFailedException("BIRD of " + name() + " is silent");
        }
    }

    private void startGobgp(Path config) {
        machine.startProgram(
                "gobgpd of " + name(),
                home.resolve("gobgpd.log"),
                namespace.inside(List.of("gobgpd", "-t", "toml", "-f", config.toString())));
        if (!Poll.until(
                Deadlines.DAEMON,
                () -> namespace.attempt(Deadlines.DAEMON, "gobgp", "global").succeeded())) {
            throw new CommandFailedException("GoBGP of " + name() + " is silent");
        }
    }

    private String birdSocket() {
        return home.resolve("bird.ctl").toString();
    }

    private String pidFile(String program) {
        return home.resolve(program + ".pid").toString();
    }

    private static List<String> concat(List<String> first, List<String> rest) {
        return Stream.concat(first.stream(), rest.stream()).toList();
    }
}
