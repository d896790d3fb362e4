package org.edgeplex.lab.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.Namespace;

/// An Open vSwitch of its own: database, daemon and sockets in one directory, one per namespace.
///
/// The data path is in user space (`netdev`), so it needs no kernel module; two daemons in one
/// namespace would fight for the device `ovs-netdev`.
public final class OpenVSwitch {
    /// What a socket of the switch holds while its one thread is not scheduled: some thousands of
    /// packets. The switch takes the kernel's default, which is enough for some 250: a busy machine
    /// loses packets there, and TCP is slow.
    private static final String SOCKET_BYTES = "net.core.rmem_default";

    private static final long SOCKET_BYTES_MIN = 4 << 20;

    private static final String SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema";
    private static final String START =
            """
            export OVS_RUNDIR=$1 OVS_LOGDIR=$1 OVS_DBDIR=$1 OVS_SYSCONFDIR=$1
            cd "$1"
            ovsdb-tool create conf.db "$2"
            ovsdb-server conf.db --remote=punix:db.sock --pidfile=ovsdb-server.pid \\
              --log-file=ovsdb-server.log --unixctl=ovsdb-server.ctl --detach -vconsole:off
            ovs-vsctl --db=unix:db.sock --no-wait init
            ovs-vswitchd unix:db.sock --pidfile=ovs-vswitchd.pid --log-file=ovs-vswitchd.log \\
              --unixctl=ovs-vswitchd.ctl --detach --disable-system -vconsole:off
            """;

    private final Machine machine;
    private final Namespace namespace;
    private final Path directory;

    OpenVSwitch(Machine machine, Namespace namespace, Path directory) {
        this.machine = machine;
        this.namespace = namespace;
        this.directory = directory;
    }

    void start() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        machine.raise(SOCKET_BYTES, SOCKET_BYTES_MIN);
        namespace.run("sh", "-ec", START, "ovs", directory.toString(), SCHEMA);
    }

    public Path database() {
        return directory.resolve("db.sock");
    }

    /// Where a bridge listens for OpenFlow, once it exists.
    public Path management(String bridge) {
        return directory.resolve(bridge + ".mgmt");
    }

    String vsctl(String... arguments) {
        List<String> line = new ArrayList<>(List.of("ovs-vsctl", "--db=unix:" + database()));
        line.addAll(List.of(arguments));
        return machine.commands().run(line.toArray(String[]::new));
    }

    /// The flows of a bridge, one a line, with port names.
    public List<String> dumpFlows(String bridge) {
        return ofctl("--names", "--no-stats", "dump-flows", "unix:" + management(bridge))
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("actions="))
                .toList();
    }

    public List<String> ports(String bridge) {
        return vsctl("list-ports", bridge).lines().sorted().toList();
    }

    /// The flows with their counters and ages.
    public List<String> dumpFlowsWithStats(String bridge) {
        return ofctl("--names", "dump-flows", "unix:" + management(bridge))
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("actions="))
                .toList();
    }

    /// Changes flows in one bundle: `add ...` and `delete_strict ...` lines, all or none.
    void changeFlows(String bridge, Collection<String> changes) {
        machine.commands()
                .attempt(
                        Deadlines.DAEMON,
                        List.of(
                                "ovs-ofctl",
                                "-O",
                                "OpenFlow14",
                                "--bundle",
                                "add-flows",
                                "unix:" + management(bridge),
                                "-"),
                        String.join("\n", changes) + "\n")
                .orThrow();
    }

    private String ofctl(String... arguments) {
        List<String> line = new ArrayList<>(List.of("ovs-ofctl", "-O", "OpenFlow14"));
        line.addAll(List.of(arguments));
        return machine.commands().run(line.toArray(String[]::new));
    }
}
