package org.edgeplex.lab.machine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A network namespace of the lab.
public record Namespace(Commands commands, String name) {
    /// The command line that runs `command` inside.
    public List<String> inside(List<String> command) {
        List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", name));
        line.addAll(command);
        return line;
    }

    public String run(String... command) {
        return attempt(Commands.DEADLINE, command).orThrow().output();
    }

    public CommandResult attempt(Duration deadline, String... command) {
        return commands.attempt(deadline, inside(List.of(command)));
    }

    /// Makes it: loopback up, IPv6 off (the lab's captures and counters are of IPv4 and MPLS only).
    public void create() {
        commands.run("ip", "netns", "add", name);
        commands.run("ip", "-n", name, "link", "set", "lo", "up");
        run(
                "sysctl",
                "-qw",
                "net.ipv6.conf.all.disable_ipv6=1",
                "net.ipv6.conf.default.disable_ipv6=1",
                "net.ipv4.ip_forward=1",
                "net.ipv4.conf.all.rp_filter=0",
                "net.ipv4.conf.default.rp_filter=0");
    }

    /// Lays a cable between two namespaces, with everything switched off that an offloading card
    /// would do later: what is captured is what is sent.
    public static void cable(Namespace a, String portA, Namespace b, String portB, int mtuBytes) {
        a.commands.run(
                "ip", "link", "add", portA, "netns", a.name, "type", "veth", "peer", "name", portB,
                "netns", b.name);
        a.plugIn(portA, mtuBytes);
        b.plugIn(portB, mtuBytes);
    }

    private void plugIn(String port, int mtuBytes) {
        run(
                "ethtool", "-K", port, "tx", "off", "rx", "off", "gso", "off", "tso", "off", "gro",
                "off");
        commands.run(
                "ip", "-n", name, "link", "set", port, "mtu", Integer.toString(mtuBytes), "up");
    }
}
