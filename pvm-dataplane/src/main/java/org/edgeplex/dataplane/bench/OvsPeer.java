package org.edgeplex.dataplane.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Open vSwitch on DPDK, with a database and sockets of its own: a rule per destination that pushes
/// two labels, from a file of frames to nowhere, on one core.
final class OvsPeer implements Peer {
    private static final long START_NANOS_MAX = 60_000_000_000L;
    private static final long POLL_NANOS = 100_000_000;
    private static final Pattern RECEIVED = Pattern.compile("packets received: (\\d+)");
    private static final Pattern PMD = Pattern.compile("(?s)pmd thread numa_id.*?(?=\\n\\S|$)");

    private static final String START =
            """
            export OVS_RUNDIR=$1 OVS_LOGDIR=$1 OVS_DBDIR=$1 OVS_SYSCONFDIR=$1
            cd "$1"
            ovsdb-tool create conf.db /usr/share/openvswitch/vswitch.ovsschema
            ovsdb-server conf.db --remote=punix:db.sock --pidfile=ovsdb-server.pid \\
              --log-file=ovsdb-server.log --unixctl=ovsdb-server.ctl --detach -vconsole:off
            ovs-vsctl --db=unix:db.sock --no-wait init -- set Open_vSwitch . \\
              other_config:dpdk-init=true other_config:dpdk-socket-mem=512 \\
              other_config:dpdk-lcore-mask=$3 other_config:pmd-cpu-mask=$4 \\
              'other_config:dpdk-extra=--no-pci --in-memory --no-telemetry'
            "$2" unix:db.sock --pidfile=ovs-vswitchd.pid --log-file=ovs-vswitchd.log \\
              --unixctl=ovs-vswitchd.ctl --detach --disable-system -vconsole:off
            """;

    private final Path folder;
    private final long pid;

    private OvsPeer(Path folder, long pid) {
        this.folder = folder;
        this.pid = pid;
    }

    /// @param flows as ovs-ofctl reads them, from port 1 to port 2
    static OvsPeer start(Path parent, int cpu, Path frames, List<String> flows) {
        Path program = PeerPrograms.find("ovs-vswitchd-dpdk", "openvswitch-switch-dpdk");
        try {
            Path folder = Files.createTempDirectory(parent, "ovs");
            String other = Integer.toHexString(cpu == 0 ? 2 : 1);
            String mask = Integer.toHexString(1 << cpu);
            try {
                Command.run(
                        "sh",
                        "-ec",
                        START,
                        "ovs",
                        "" + folder,
                        "" + program,
                        "0x" + other,
                        "0x" + mask);
            } catch (IllegalStateException e) {
                exit(folder);
                throw new MissingException("it did not start: " + e.getMessage());
            }
            String pid = Files.readString(folder.resolve("ovs-vswitchd.pid")).strip();
            OvsPeer peer = new OvsPeer(folder, Long.parseLong(pid));
            try {
                peer.configure(frames, flows);
            } catch (RuntimeException e) {
                peer.close();
                throw e;
            }
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure(Path frames, List<String> flows) throws IOException {
        String bridge = "eppeer0";
        vsctl(
                "add-br",
                bridge,
                "--",
                "set",
                "bridge",
                bridge,
                "datapath_type=netdev",
                "fail_mode=secure");
        Path file = folder.resolve("flows");
        Files.write(file, flows);
        String management = "unix:" + folder.resolve(bridge + ".mgmt");
        Command.run(
                "ovs-ofctl", "-O", "OpenFlow14", "--bundle", "add-flows", management, "" + file);
        // After the rules: the first packets would all ask for one, and slow their coming down.
        addPort(bridge, "out0", "net_null1,no-rx=1", 2);
        addPort(bridge, "in0", "net_pcap0,rx_pcap=" + frames + ",infinite_rx=1", 1);
        long deadlineNanos = System.nanoTime() + START_NANOS_MAX;
        while (packets() == 0) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new MissingException(
                        "it forwards nothing: "
                                + PeerPrograms.lastLines(folder.resolve("ovs-vswitchd.log")));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void addPort(String bridge, String name, String device, int number) {
        vsctl(
                "add-port",
                bridge,
                name,
                "--",
                "set",
                "interface",
                name,
                "type=dpdk",
                "options:dpdk-devargs=" + device,
                "ofport_request=" + number);
    }

    private void vsctl(String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "ovs-vsctl";
        command[1] = "--db=unix:" + folder.resolve("db.sock");
        command[2] = "--timeout=30";
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        Command.run(command);
    }

    @Override
    public long packets() {
        String statistics =
                Command.run(
                        "ovs-appctl",
                        "-t",
                        "" + folder.resolve("ovs-vswitchd.ctl"),
                        "dpif-netdev/pmd-stats-show");
        Matcher pmd = PMD.matcher(statistics);
        long packets = 0;
        while (pmd.find()) {
            Matcher received = RECEIVED.matcher(pmd.group());
            packets += received.find() ? Long.parseLong(received.group(1)) : 0;
        }
        return packets;
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public void close() {
        resume();
        exit(folder);
    }

    private static void exit(Path folder) {
        for (String daemon : List.of("ovs-vswitchd", "ovsdb-server")) {
            try {
                Command.run("ovs-appctl", "-t", "" + folder.resolve(daemon + ".ctl"), "exit");
            } catch (IllegalStateException _) {
                // It has ended by itself.
            }
        }
    }
}
