package org.edgeplex.lab.trial;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.edgeplex.controller.compute.ProgramRole;
import org.edgeplex.dataplane.io.linux.NetworkNamespace;
import org.edgeplex.lab.machine.AbandonedNamespaces;
import org.edgeplex.lab.machine.Commands;
import org.edgeplex.lab.machine.Namespace;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.state.record.ProviderEdge;
import org.edgeplex.state.record.TransportLsp;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;

/// All that a data plane needs to run for real, for a trial: a host and a port VM as namespaces, a
/// wire, and a store with one attachment and its routes.
public final class DataplaneTrial implements AutoCloseable {
    /// Words before a command that give it its CPU before all others, so that a busy machine is no
    /// slower than an idle one. Where the kernel groups processes by session, it is the group that
    /// counts.
    public static final List<String> FAVOURED =
            List.of(
                    "setsid",
                    "sh",
                    "-c",
                    "echo -20 2>/dev/null >/proc/self/autogroup; exec nice -n -20 \"$@\"",
                    "favoured");

    static final int ATTACHMENT = 7;
    static final int VLAN = 101;
    static final String GATEWAY_MAC = "02:00:00:00:07:01";
    static final String CORE_MAC = "02:00:00:00:00:aa";
    static final String P_MAC = "02:00:00:00:00:bb";
    static final Ipv4Address GATEWAY = Ipv4Address.parse("10.1.0.1");
    static final Ipv4Address CE = Ipv4Address.parse("10.1.0.2");
    static final MplsLabel VPN_LABEL = new MplsLabel(1001);
    static final MplsLabel REMOTE_LABEL = new MplsLabel(2002);
    static final MplsLabel TRANSPORT_LABEL = new MplsLabel(300);
    static final Ipv4Prefix REMOTE_NET = Ipv4Prefix.parse("10.2.0.0/24");
    static final Ipv4Address REMOTE_HOST = Ipv4Address.parse("10.3.0.3");

    /// The end of the wire that is the trial's own.
    public static final String FAR = "far7";

    /// The end that is the data plane's.
    public static final String NEAR = "wire7";

    /// For a customer's packet with labels.
    public static final int WIRE_MTU_BYTES = 2000;

    private static final String NAME = "trial";
    private static final AsNumber PE_AS = new AsNumber(65000);
    private static final int VRF = 3;
    private static final Ipv4Address LOOPBACK = Ipv4Address.parse("192.0.2.1");
    private static final Ipv4Address OTHER_PE = Ipv4Address.parse("192.0.2.2");

    private final Path directory;
    private final Path log;
    private final Commands commands;
    private final Namespace host;
    private final Namespace guest;

    private DataplaneTrial(Path directory) {
        this.directory = directory;
        log = directory.resolve("dataplane.log");
        commands = new Commands(directory);
        String prefix = NAME + "-" + ProcessHandle.current().pid() + "-";
        host = new Namespace(commands, prefix + "host");
        guest = new Namespace(commands, prefix + "guest");
    }

    /// Makes namespaces, wire and store; and removes what a killed trial left.
    public static DataplaneTrial open() throws IOException {
        DataplaneTrial trial = new DataplaneTrial(Files.createTempDirectory("edgeplex-trial"));
        try {
            AbandonedNamespaces.remove(trial.commands, NAME);
            trial.host.create();
            trial.guest.create();
            Namespace.cable(trial.host, NEAR, trial.host, FAR, WIRE_MTU_BYTES);
            trial.ip("address", "add", "10.0.0.1/24", "dev", FAR); // for the CVM
            trial.writeState();
        } catch (RuntimeException e) {
            trial.close();
            throw e;
        }
        return trial;
    }

    /// `ip -n NAMESPACE arguments...`.
    public void ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", host.name()));
        command.addAll(List.of(arguments));
        commands.run(command.toArray(String[]::new));
    }

    /// Runs code on a thread of its own where [#FAR] is, as DPDK takes the thread over.
    public <T> T inside(Callable<T> code) throws Exception {
        FutureTask<T> task =
                new FutureTask<>(() -> {
                    NetworkNamespace.enter(host.name());
                    return code.call();
                });
        Thread.ofPlatform().name("far-end").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /// A file that goes when the trial does.
    public Path file(String name) {
        return directory.resolve(name);
    }

    /// What the program has said in all its lives.
    public String log() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /// What a program must be told to run here.
    public List<String> arguments(ProgramRole role) {
        return arguments(role, "af_packet:" + NEAR);
    }

    /// The same with another trunk for a data plane.
    public List<String> arguments(ProgramRole role, String port) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--store=lmdb:" + directory.resolve("store"));
        switch (role) {
            case DATAPLANE -> {
                arguments.add("--attachment=" + ATTACHMENT);
                arguments.add("--port=" + port);
                arguments.add("--tap-namespace=" + guest.name());
            }
            case CONTROL -> arguments.add("--attachment=" + ATTACHMENT);
            case CVM -> arguments.add("--instance=cvm");
        }
        return arguments;
    }

    /// Starts a program where it belongs: a control program in the port VM, others on the host.
    public Process start(ProgramRole role, List<String> program) throws IOException {
        return start(role == ProgramRole.CONTROL ? guest : host, program);
    }

    /// Starts another program on the host.
    public Process startBeside(List<String> program) throws IOException {
        return start(host, program);
    }

    private Process start(Namespace where, List<String> program) throws IOException {
        return new ProcessBuilder(where.inside(program))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
                .start();
    }

    private void writeState() {
        try (StateStore store = Stores.open("lmdb:" + directory.resolve("store"))) {
            StateWriter writer = new State(store, Duration.ofSeconds(2)).as(Incarnation.UNFENCED);
            writer.put(
                    Tables.PROVIDER_EDGE,
                    Tables.SELF,
                    new ProviderEdge(
                            "pe1",
                            LOOPBACK,
                            PE_AS,
                            FAR,
                            MacAddress.parse(CORE_MAC),
                            1600,
                            List.of(),
                            new MplsLabel(1000),
                            new MplsLabel(1999)));
            writer.put(
                    Tables.ATTACHMENTS,
                    ATTACHMENT,
                    new Attachment(
                            "red/pe1/a",
                            Lifecycle.ACTIVE,
                            VRF,
                            VLAN,
                            GATEWAY,
                            MacAddress.parse(GATEWAY_MAC),
                            24,
                            1500,
                            new CustomerRouting.Bgp(PE_AS, new AsNumber(65001), CE, 90, 1000)));
            writer.put(Tables.LABEL_BINDINGS, ATTACHMENT, new LabelBinding(VPN_LABEL));
            for (Ipv4Prefix prefix : List.of(REMOTE_NET, Ipv4Prefix.host(REMOTE_HOST))) {
                writer.put(
                        Tables.VRF_ROUTES,
                        new VrfRouteKey(VRF, prefix),
                        new VrfRoute.Remote(OTHER_PE, REMOTE_LABEL, Bytes.EMPTY));
            }
            writer.put(
                    Tables.TRANSPORT_LSPS,
                    Ipv4Prefix.host(OTHER_PE),
                    new TransportLsp(
                            Ipv4Address.parse("10.0.0.2"),
                            MacAddress.parse(P_MAC),
                            MacAddress.parse(CORE_MAC),
                            List.of(TRANSPORT_LABEL)));
        }
    }

    @Override
    public void close() {
        for (Namespace namespace : List.of(host, guest)) {
            commands.attempt(Commands.DEADLINE, List.of("ip", "netns", "delete", namespace.name()));
        }
        commands.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
