package org.edgeplex.openflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A private Open vSwitch of a test: its own database, run directory and network namespace, and a
/// namespace for each host that the test plugs into it.
///
/// One namespace per ovs-vswitchd: two would fight for the device `ovs-netdev`.
public final class OvsInstance implements AutoCloseable {
    private static final String SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema";

    private final Path directory;
    private final String namespace;
    private final List<String> hosts = new ArrayList<>();

    private OvsInstance(Path directory, String namespace) {
        this.directory = directory;
        this.namespace = namespace;
    }

    public static OvsInstance start(Path directory) throws IOException {
        String namespace = "openflow-" + ProcessHandle.current().pid() + "-sw";
        OvsInstance instance = new OvsInstance(directory, namespace);
        Processes.run("ip", "netns", "add", namespace);
        try {
            Processes.run("ip", "-n", namespace, "link", "set", "lo", "up");
            Processes.run("ovsdb-tool", "create", instance.file("conf.db"), SCHEMA);
            instance.startDatabase();
            instance.vsctl("--no-wait", "init");
            instance.startSwitch();
            return instance;
        } catch (IOException | RuntimeException | Error e) {
            instance.close();
            throw e;
        }
    }

    public void startDatabase() throws IOException {
        daemon(
                "ovsdb-server",
                file("conf.db"),
                "--remote=punix:" + file("db.sock"),
                "--remote=db:Open_vSwitch,Open_vSwitch,manager_options");
    }

    public void startSwitch() throws IOException {
        daemon("ovs-vswitchd", "unix:" + file("db.sock"), "--disable-system");
    }

    private void daemon(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.addAll(List.of("env", "OVS_RUNDIR=" + directory, "OVS_LOGDIR=" + directory));
        command.add(program);
        command.addAll(List.of(arguments));
        command.add("--pidfile=" + file(program + ".pid"));
        command.add("--log-file=" + file(program + ".log"));
        command.add("--unixctl=" + file(program + ".ctl"));
        command.addAll(List.of("--detach", "--no-chdir", "-vconsole:off"));
        // The daemon keeps what it inherits open: a pipe would never end.
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve(program + ".out").toFile())
                        .start();
        if (Processes.await(process) != 0) {
            throw new AssertionError(
                    command + ": " + Files.readString(directory.resolve(program + ".out")));
        }
    }

    /// As `kill -9` does.
    public void killSwitch() throws IOException {
        kill("ovs-vswitchd");
    }

    public void killDatabase() throws IOException {
        kill("ovsdb-server");
    }

    private void kill(String program) throws IOException {
        Path pidFile = directory.resolve(program + ".pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        ProcessHandle.of(pid)
                .ifPresent(process -> {
                    process.destroyForcibly();
                    process.onExit().join();
                });
        Files.deleteIfExists(pidFile);
    }

    public SwitchAddress database() {
        return SwitchAddress.parse("unix:" + file("db.sock"));
    }

    public SwitchAddress bridge(String name) {
        return SwitchAddress.parse("unix:" + file(name + ".mgmt"));
    }

    public String vsctl(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("ovs-vsctl", "--db=unix:" + file("db.sock")));
        command.addAll(List.of(arguments));
        return Processes.run(command.toArray(String[]::new));
    }

    public String ofctl(String verb, String bridge, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ovs-ofctl", "-OOpenFlow14", verb));
        command.add(file(bridge + ".mgmt"));
        command.addAll(List.of(arguments));
        return Processes.run(command.toArray(String[]::new));
    }

    /// A veth from the switch's namespace, where it has this name, to a new namespace of a host,
    /// where it is `eth0`; the name of that namespace. Without offloads: the userspace data path
    /// takes frames as they are.
    public String plug(String port) throws IOException {
        String host = namespace + '-' + port;
        Processes.run("ip", "netns", "add", host);
        hosts.add(host);
        inHost(host, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1");
        plugAgain(port);
        return host;
    }

    /// After [#unplug].
    public void plugAgain(String port) throws IOException {
        String host = namespace + '-' + port;
        Processes.run(
                "ip", "-n", namespace, "link", "add", port, "type", "veth", "peer", "name", "eth0",
                "netns", host);
        Processes.run("ip", "-n", namespace, "link", "set", port, "up");
        Processes.run("ip", "-n", host, "link", "set", "eth0", "up");
        inHost(host, "ethtool", "-K", "eth0", "tx", "off", "tso", "off", "gso", "off");
    }

    public static String inHost(String host, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", host));
        all.addAll(List.of(command));
        return Processes.run(all.toArray(String[]::new));
    }

    public void unplug(String port) throws IOException {
        Processes.run("ip", "-n", namespace, "link", "del", port);
    }

    /// How the bridge decides on a frame, step by step.
    public String trace(String bridge, String frame) throws IOException {
        String control = file("ovs-vswitchd.ctl");
        return Processes.run("ovs-appctl", "-t", control, "ofproto/trace", bridge, frame);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    @Override
    public void close() throws IOException {
        kill("ovs-vswitchd");
        kill("ovsdb-server");
        for (String host : hosts) {
            Processes.run("ip", "netns", "del", host);
        }
        Processes.run("ip", "netns", "del", namespace);
    }
}
