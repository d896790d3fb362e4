package org.edgeplex.lab.idle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.edgeplex.dataplane.io.IdleMode;
import org.edgeplex.dataplane.io.linux.Cpus;
import org.edgeplex.lab.trial.DataplaneTrial;
import org.edgeplex.lab.trial.Figures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `edgeplex bench idle`.
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        description = {
            "What a data plane costs while it has nothing to do, and how fast it is awake.",
            "On each kind of port and in each idle mode that the port has: _cpu is the time of a"
                    + " CPU that the forwarding thread takes while no packet comes, _cpu_process"
                    + " that of all threads; _wake_p50 and _wake_p99 tell how long a packet takes"
                    + " from before it is sent until it is back, after a pause of 20 to 60 ms."
                    + " _floor_ is the same with a program in between that polls and sends back:"
                    + " what the bench and the wire take.",
            "The data plane goes before all else on its CPU; the bench polls on another, and what"
                    + " disturbs it there is in the figures."
        })
public final class IdleCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "one line of JSON per figure")
    private boolean isJson;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            split = ",",
            converter = Mode.class,
            completionCandidates = Modes.class,
            description = "these modes: ${COMPLETION-CANDIDATES} (default: all of a port)")
    private List<IdleMode> modes = List.of();

    @Option(
            names = "--port",
            paramLabel = "TYPE",
            split = ",",
            converter = Port.class,
            completionCandidates = Ports.class,
            description = "these kinds of ports: ${COMPLETION-CANDIDATES} (default: all)")
    private List<Wire> ports = List.of();

    @Option(
            names = "--packets",
            paramLabel = "N",
            description = "of each measurement, each after a pause (default: ${DEFAULT-VALUE})",
            defaultValue = "200")
    private int packets;

    @Option(
            names = "--cpu",
            paramLabel = "N",
            description = "the CPU of the data plane (default: the last one)")
    private @Nullable Integer cpu;

    /// The words of the modes.
    static final class Modes extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Modes() {
            super(Arrays.stream(IdleMode.values()).map(IdleMode::word).toList());
        }
    }

    /// The words of the ports, as in a port's name.
    static final class Ports extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Ports() {
            super(Arrays.stream(Wire.values()).map(Wire::word).toList());
        }
    }

    /// Reads a mode as a port has it.
    static final class Mode implements ITypeConverter<IdleMode> {
        @Override
        public IdleMode convert(String word) {
            try {
                return IdleMode.of(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /// Reads a kind of port.
    static final class Port implements ITypeConverter<Wire> {
        @Override
        public Wire convert(String word) {
            return Arrays.stream(Wire.values())
                    .filter(wire -> wire.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "one of " + String.join(", ", new Ports()) + ": " + word));
        }
    }

    @Override
    public Integer call() throws Exception {
        if (packets < 1) {
            throw new IllegalArgumentException("--packets is at least 1");
        }
        Map<Wire, List<IdleMode>> subjects = subjects();
        int near = Cpus.chosen(cpu);
        int far = Cpus.otherThan(near);
        Figures figures = new Figures("idle", spec.commandLine().getOut(), isJson);
        try (DataplaneTrial trial = DataplaneTrial.open()) {
            trial.inside(() -> {
                new IdleBench(trial, figures, packets, near, far).run(subjects);
                return 0;
            });
        }
        return 0;
    }

    /// What there is of what was asked for. A port in a mode that were both named must be there.
    private Map<Wire, List<IdleMode>> subjects() {
        Map<Wire, List<IdleMode>> subjects = new EnumMap<>(Wire.class);
        for (Wire wire : ports.isEmpty() ? List.of(Wire.values()) : ports) {
            for (IdleMode mode : modes.isEmpty() ? wire.modes() : modes) {
                if (wire.modes().contains(mode)) {
                    subjects.computeIfAbsent(wire, _ -> new ArrayList<>()).add(mode);
                } else if (!ports.isEmpty()) {
                    throw new ParameterException(
                            spec.commandLine(),
                            "%s has no idle mode %s; it has %s"
                                    .formatted(wire.word(), mode.word(), words(wire.modes())));
                }
            }
        }
        return subjects;
    }

    private static String words(List<IdleMode> modes) {
        return modes.stream().map(IdleMode::word).collect(Collectors.joining(", "));
    }
}
