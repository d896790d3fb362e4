package org.edgeplex.controller.compute.netns;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.edgeplex.controller.compute.ComputeHost;
import org.edgeplex.controller.compute.ComputeOutcome;
import org.edgeplex.controller.compute.ProgramSpec;
import org.edgeplex.controller.compute.RunningProgram;
import org.edgeplex.telemetry.CountersFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A host that is a network namespace of this machine. Needs root.
public final class NetnsComputeHost implements ComputeHost {
    /// Marks in a program's environment: whose it is, and which it is.
    static final String HOST_MARK = "EDGEPLEX_HOST";

    static final String HOLDER_MARK = "EDGEPLEX_HOLDER";

    private static final Logger LOG = LoggerFactory.getLogger(NetnsComputeHost.class);
    private static final Duration STOP_TIME_MAX = Duration.ofSeconds(3);
    private static final Duration SESSION_TIME_MAX = Duration.ofSeconds(5);
    private static final Duration KILL_TIME_MAX = Duration.ofSeconds(2);

    private final NetnsSettings settings;
    private final PvmNetwork network;
    private final ProcessWatch watch;

    public NetnsComputeHost(NetnsSettings settings) {
        this.settings = settings;
        this.network = new PvmNetwork(settings);
        this.watch = new ProcessWatch(find(settings.namespace()), settings.host());
    }

    @Override
    public String name() {
        return settings.host();
    }

    @Override
    public Optional<String> problem() {
        return PvmNetwork.exists(settings.namespace())
                ? Optional.empty()
                : Optional.of("there is no network namespace " + settings.namespace());
    }

    @Override
    public List<RunningProgram> programs() {
        return watch.running();
    }

    @Override
    public synchronized ComputeOutcome<RunningProgram> start(ProgramSpec spec) {
        for (RunningProgram program : watch.running()) {
            if (program.holder().equals(spec.holder())) {
                return new ComputeOutcome.Done<>(program);
            }
        }
        Optional<String> problem = problem();
        if (problem.isPresent()) {
            return new ComputeOutcome.Failed<>(problem.get());
        }
        try {
            if (spec.attachmentNumber() > 0) {
                network.prepare(spec.attachmentNumber());
            }
            return spawn(spec);
        } catch (CommandFailedException | IOException e) {
            return new ComputeOutcome.Failed<>(
                    spec.holder() + " cannot be started: " + e.getMessage());
        }
    }

    @Override
    public ComputeOutcome<RunningProgram> kill(RunningProgram program) {
        if (ProcessWatch.isAlive(program)) {
            ProcessHandle.of(program.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
        return watch.awaitEnd(program, KILL_TIME_MAX)
                ? new ComputeOutcome.Done<>(program)
                : new ComputeOutcome.Failed<>(program + " does not die");
    }

    @Override
    public ComputeOutcome<RunningProgram> stop(RunningProgram program) {
        if (ProcessWatch.isAlive(program)) {
            ProcessHandle.of(program.pid()).ifPresent(ProcessHandle::destroy);
        }
        return watch.awaitEnd(program, STOP_TIME_MAX)
                ? new ComputeOutcome.Done<>(program)
                : kill(program);
    }

    @Override
    public synchronized ComputeOutcome<String> release(String instance) {
        for (RunningProgram program : watch.running()) {
            if (program.holder().equals(instance) || program.holder().startsWith(instance + "/")) {
                return new ComputeOutcome.Failed<>(program + " still runs");
            }
        }
        if (!instance.matches("pvm-[0-9]{1,9}")) {
            return new ComputeOutcome.Done<>(instance);
        }
        try {
            network.remove(Integer.parseInt(instance.substring("pvm-".length())));
            Files.deleteIfExists(CountersFile.of(settings.countersDirectory(), instance));
            Files.deleteIfExists(CountersFile.metricsOf(settings.countersDirectory(), instance));
            return new ComputeOutcome.Done<>(instance);
        } catch (CommandFailedException | IOException e) {
            return new ComputeOutcome.Failed<>(instance + " cannot be released: " + e.getMessage());
        }
    }

    @Override
    public void onExit(Consumer<RunningProgram> listener) {
        watch.onExit(listener);
    }

    @Override
    public void close() {
        watch.close();
    }

    private ComputeOutcome<RunningProgram> spawn(ProgramSpec spec) throws IOException {
        Path log = settings.logDirectory().resolve(spec.holder().replace('/', '-') + ".log");
        Files.createDirectories(settings.logDirectory());
        ProcessBuilder builder =
                new ProcessBuilder(command(spec))
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put(HOST_MARK, settings.namespace());
        environment.put(HOLDER_MARK, spec.holder());
        Process process = builder.start();
        Optional<ProcFs.Stat> stat = ProcFs.leader(process.pid(), SESSION_TIME_MAX);
        if (stat.isEmpty()) {
            return new ComputeOutcome.Failed<>(spec.holder() + " ended at once; see " + log);
        }
        RunningProgram program =
                new RunningProgram(spec.holder(), process.pid(), stat.get().startedMillis());
        watch.started(program, process);
        LOG.info("{} started on {}, output in {}", program, settings.host(), log);
        return new ComputeOutcome.Done<>(program);
    }

    private List<String> command(ProgramSpec spec) {
        String number = Integer.toString(spec.attachmentNumber());
        List<String> arguments = new ArrayList<>(List.of("--store", settings.storeLocation()));
        String namespace = settings.namespace();
        switch (spec.role()) {
            case CVM -> arguments.addAll(List.of("--instance", spec.instance()));
            case DATAPLANE ->
                    arguments.addAll(
                            List.of(
                                    "--attachment",
                                    number,
                                    "--port",
                                    port(spec.attachmentNumber()),
                                    "--counters",
                                    settings.countersDirectory().toString(),
                                    "--tap-namespace",
                                    network.namespaceOf(spec.attachmentNumber())));
            case CONTROL -> {
                arguments.addAll(
                        List.of(
                                "--attachment",
                                number,
                                "--counters",
                                settings.countersDirectory().toString()));
                namespace = network.namespaceOf(spec.attachmentNumber());
            }
        }
        List<String> command = new ArrayList<>(List.of("setsid", "ip", "netns", "exec", namespace));
        command.addAll(settings.jvm().of(spec.role(), arguments));
        return command;
    }

    /// As the data plane reads it.
    private String port(int attachmentNumber) {
        return "af_packet:" + PvmNetwork.wire(attachmentNumber) + ",idle=" + settings.idle().word();
    }

    /// What an earlier life of the controller has started here.
    private static List<RunningProgram> find(String namespace) {
        List<RunningProgram> found = new ArrayList<>();
        for (ProcFs.Stat stat : ProcFs.sessionLeaders()) {
            if (ProcFs.environment(stat.pid(), HOST_MARK).filter(namespace::equals).isPresent()) {
                ProcFs.environment(stat.pid(), HOLDER_MARK)
                        .map(holder -> new RunningProgram(holder, stat.pid(), stat.startedMillis()))
                        .ifPresent(found::add);
            }
        }
        return found;
    }
}
