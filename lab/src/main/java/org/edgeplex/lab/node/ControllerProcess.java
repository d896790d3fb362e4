package org.edgeplex.lab.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.order.ControllerApi;
import org.edgeplex.lab.topology.Node;
import org.edgeplex.net.Ipv4Address;

/// The controller of one PE: its configuration, its process, its API.
final class ControllerProcess {
    private static final String MAIN = "org.edgeplex.lab.cli.EdgePlex";

    private final Machine machine;
    private final ProviderEdgeNode pe;
    private final Path home;

    ControllerProcess(Machine machine, ProviderEdgeNode pe, Path home) {
        this.machine = machine;
        this.pe = pe;
        this.home = home.resolve("controller");
    }

    /// Starts it, or starts it again: the same configuration, the same port, the same token.
    void start() {
        try {
            Files.createDirectories(home);
            Files.writeString(home.resolve("controller.yml"), configuration());
            if (!Files.exists(portFile())) {
                Files.writeString(portFile(), Integer.toString(choosePort()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        machine.startProgram(
                name(),
                home.resolve("controller.log"),
                Java.command(
                        96,
                        MAIN,
                        "controller",
                        "--dir",
                        home.toString(),
                        "--listen",
                        "127.0.0.1:" + port()));
        if (!Poll.until(Deadlines.CONTROLLER, () -> api(_ -> {}).isUp())) {
            throw new CommandFailedException(
                    "the controller of " + pe.name() + " does not answer; see " + home);
        }
    }

    /// How to start it again, if it does not run.
    Optional<String> startCommand() {
        return machine.runningProgram(name()).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "./edgeplex controller --dir %s --listen 127.0.0.1:%d"
                                .formatted(home, port()));
    }

    /// The process alone: what it started lives on.
    void kill() {
        long pid =
                machine.runningProgram(name())
                        .orElseThrow(() -> new CommandFailedException("no process is " + name()));
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    ControllerApi api(Consumer<String> teller) {
        return new ControllerApi(
                URI.create("http://127.0.0.1:" + port()), home.resolve("token"), teller);
    }

    private String name() {
        return "controller of " + pe.name();
    }

    private int port() {
        try {
            return Integer.parseInt(Files.readString(portFile()));
        } catch (IOException e) {
            throw new CommandFailedException("no controller was started for " + pe.name());
        }
    }

    private Path portFile() {
        return home.resolve("port");
    }

    private int choosePort() throws IOException {
        if (pe.node().controllerPort() != 0) {
            return pe.node().controllerPort();
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String configuration() {
        Node.EdgePlexPe node = pe.node();
        String reflectors =
                node.routeReflectors().stream()
                        .map(Ipv4Address::toString)
                        .collect(Collectors.joining(", "));
        String hosts =
                node.hosts().stream()
                        .map(host ->
                                "  - {name: %s, namespace: %s}\n"
                                        .formatted(
                                                host,
                                                machine.namespace(node.name() + "-" + host).name()))
                        .collect(Collectors.joining());
        return """
        # The PE of the lab's node %s.
        pe:
          name: %s
          loopback: %s
          as: %s
          core-interface: %s
          core-mac: "%s"
          core-mtu: %d
          route-reflectors: [%s]
          label-range: %s
        store: "%s"
        switch:
          ovsdb: "unix:%s"
          openflow: "unix:%s"
          bridge: %s
          namespace: %s
          core-port: %s
          cvm-port: %s
        hosts:
        %scvm:
          namespace: %s
        vlan-range: %s
        """
                .formatted(
                        node.name(),
                        node.name(),
                        node.loopback(),
                        node.as(),
                        node.corePort(),
                        pe.coreMac(),
                        node.coreMtuBytes(),
                        reflectors,
                        node.labels(),
                        pe.storeLocation(),
                        pe.openVSwitch().database(),
                        pe.openVSwitch().management(ProviderEdgeNode.BRIDGE),
                        ProviderEdgeNode.BRIDGE,
                        pe.switchNamespace().name(),
                        node.corePort(),
                        ProviderEdgeNode.CVM_PORT,
                        hosts,
                        pe.cvmNamespace().name(),
                        node.vlans());
    }
}
