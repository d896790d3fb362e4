package org.edgeplex.controller.compute.netns;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.edgeplex.controller.compute.ProgramSpec;

/// The namespace of each PVM and its wire to the switch. Every step may be repeated.
final class PvmNetwork {
    private static final Path NAMESPACES = Path.of("/run/netns");

    private final NetnsSettings settings;
    private final Set<Integer> complete = new HashSet<>();

    PvmNetwork(NetnsSettings settings) {
        this.settings = settings;
    }

    static boolean exists(String namespace) {
        return Files.exists(NAMESPACES.resolve(namespace));
    }

    String namespaceOf(int number) {
        return settings.namespace() + "-pvm-" + number;
    }

    static String wire(int number) {
        return "wire" + number;
    }

    void prepare(int number) throws CommandFailedException {
        String namespace = namespaceOf(number);
        boolean wired = hasWire(number);
        if (complete.contains(number) && wired && exists(namespace)) {
            return;
        }
        if (!exists(namespace)) {
            Commands.run(List.of("ip", "netns", "add", namespace));
        }
        ip(namespace, "link", "set", "dev", "lo", "up");
        if (!wired) {
            makeWire(number);
        }
        configure(settings.switchNamespace(), ProgramSpec.pvmPort(number));
        configure(settings.namespace(), wire(number));
        complete.add(number);
    }

    void remove(int number) throws CommandFailedException {
        complete.remove(number);
        if (exists(settings.namespace()) && hasWire(number)) {
            ip(settings.namespace(), "link", "delete", "dev", wire(number));
        }
        if (exists(namespaceOf(number))) {
            Commands.run(List.of("ip", "netns", "delete", namespaceOf(number)));
        }
    }

    private boolean hasWire(int number) throws CommandFailedException {
        return hasDevice(settings.namespace(), wire(number));
    }

    private static boolean hasDevice(String namespace, String device)
            throws CommandFailedException {
        return Commands.succeeds(List.of("ip", "-n", namespace, "link", "show", "dev", device));
    }

    private void makeWire(int number) throws CommandFailedException {
        String port = ProgramSpec.pvmPort(number);
        // Left over from a PVM on another host that was lost.
        if (hasDevice(settings.switchNamespace(), port)) {
            ip(settings.switchNamespace(), "link", "delete", "dev", port);
        }
        String mtu = Integer.toString(settings.wireMtuBytes());
        Commands.run(
                List.of(
                        "ip",
                        "link",
                        "add",
                        "name",
                        port,
                        "mtu",
                        mtu,
                        "netns",
                        settings.switchNamespace(),
                        "type",
                        "veth",
                        "peer",
                        "name",
                        wire(number),
                        "mtu",
                        mtu,
                        "netns",
                        settings.namespace()));
    }

    /// No address, no IPv6, no offloads: a checksum or a segmentation that the kernel leaves to
    /// hardware that is not there breaks TCP across a userspace switch.
    private static void configure(String namespace, String device) throws CommandFailedException {
        ip(namespace, "link", "set", "dev", device, "addrgenmode", "none");
        Commands.run(
                List.of(
                        "ip", "netns", "exec", namespace, "ethtool", "-K", device, "rx", "off",
                        "tx", "off", "tso", "off", "gso", "off", "gro", "off"));
        ip(namespace, "link", "set", "dev", device, "up");
    }

    private static void ip(String namespace, String... arguments) throws CommandFailedException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(arguments));
        Commands.run(command);
    }
}
