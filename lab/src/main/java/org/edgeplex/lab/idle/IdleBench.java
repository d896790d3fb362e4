package org.edgeplex.lab.idle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.edgeplex.controller.compute.ProgramRole;
import org.edgeplex.controller.compute.netns.JvmCommand;
import org.edgeplex.dataplane.io.IdleMode;
import org.edgeplex.dataplane.io.linux.CpuAffinity;
import org.edgeplex.dataplane.traffic.TrafficProgram;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.trial.DataplaneTrial;
import org.edgeplex.lab.trial.FarEnd;
import org.edgeplex.lab.trial.Figures;
import org.edgeplex.lab.trial.Threads;

/// Starts a data plane, leaves it alone, and then sends it a packet now and then.
final class IdleBench {
    private static final long START_NANOS_MAX = 20_000_000_000L;
    private static final long LOOK_INTERVAL_NANOS = 5_000_000;

    /// Packets without pauses, so that the compilers are done.
    private static final int WARM_UP_PACKETS = 5_000;

    /// The first ones may come before the program is ready for them.
    private static final int WARM_UP_LOST_MAX = 40;

    private static final long SETTLE_NANOS = 500_000_000;
    private static final long IDLE_NANOS = 2_000_000_000;

    /// Long enough for the longest nap; different ones, so that no timer keeps step.
    private static final long PAUSE_NANOS_MIN = 20_000_000;

    private static final long PAUSE_NANOS_MAX = 60_000_000;

    /// Without an answer for so long, the packet is lost.
    private static final long LOST_NANOS = 500_000_000;

    private final DataplaneTrial trial;
    private final Figures figures;
    private final int packets;
    private final int cpu;
    private final int farCpu;
    private final BitSet cpus = CpuAffinity.current();

    /// @param packets each after a pause
    /// @param cpu of the data plane
    /// @param farCpu of the calling thread
    IdleBench(DataplaneTrial trial, Figures figures, int packets, int cpu, int farCpu) {
        this.trial = trial;
        this.figures = figures;
        this.packets = packets;
        this.cpu = cpu;
        this.farCpu = farCpu;
    }

    /// Counts the packets with this number or a later one that have been through it.
    @FunctionalInterface
    private interface Answers {
        int since(FarEnd far, int number);
    }

    /// What the packets go through.
    ///
    /// @param sign what it says when its port is open
    /// @param answers how the far end knows what has been through it
    /// @param idles whether it does when it is left alone
    private record Subject(
            String name, List<String> program, String sign, Answers answers, boolean idles) {}

    /// On a thread inside the trial's namespace.
    void run(Map<Wire, List<IdleMode>> subjects) throws IOException, InterruptedException {
        for (Map.Entry<Wire, List<IdleMode>> subject : subjects.entrySet()) {
            Wire wire = subject.getKey();
            measure(wire, floor(wire));
            for (IdleMode mode : subject.getValue()) {
                measure(wire, dataplane(wire, mode));
            }
        }
    }

    private Subject floor(Wire wire) {
        String name = wire.word() + "_floor";
        return new Subject(name, echo(wire), "progress", FarEnd::receiveEchoed, false);
    }

    private Subject dataplane(Wire wire, IdleMode mode) {
        String name = wire.word() + "_" + mode.word();
        List<String> program = program(wire, mode);
        return new Subject(name, program, "live after", FarEnd::receiveForwarded, true);
    }

    private List<String> program(Wire wire, IdleMode mode) {
        List<String> arguments =
                new ArrayList<>(
                        trial.arguments(
                                ProgramRole.DATAPLANE, wire.near() + ",idle=" + mode.word()));
        arguments.add("--cpu=" + cpu);
        return JvmCommand.own().of(ProgramRole.DATAPLANE, arguments);
    }

    private List<String> echo(Wire wire) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(JvmCommand.own().flags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(TrafficProgram.class.getName(), "echo", "--json"));
        command.addAll(List.of("--cpu=" + cpu, "--port=" + wire.near()));
        return command;
    }

    private void measure(Wire wire, Subject subject) throws IOException, InterruptedException {
        int said = trial.log().length();
        List<String> favoured = new ArrayList<>(DataplaneTrial.FAVOURED);
        favoured.addAll(subject.program);
        Process process = start(favoured);
        try {
            await(process, said, subject.sign);
            wire.prepare(trial);
            try (FarEnd far = new FarEnd(wire.far(), farCpu)) {
                warmUp(process, far, subject.answers);
                if (subject.idles) {
                    leaveAlone(subject.name, process);
                }
                wakeUp(subject.name, far, subject.answers);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /// What starts here inherits where we may run, and DPDK pins us when the first far end opens:
    /// the programs shall all start alike, and on a CPU that is not ours.
    private Process start(List<String> program) throws IOException {
        BitSet ours = CpuAffinity.current();
        CpuAffinity.set(cpus);
        try {
            return trial.startBeside(program);
        } finally {
            CpuAffinity.set(ours);
        }
    }

    private void await(Process process, int said, String sign) throws IOException {
        long endNanos = System.nanoTime() + START_NANOS_MAX;
        while (!trial.log().substring(said).contains(sign)) {
            if (!process.isAlive() || System.nanoTime() - endNanos > 0) {
                throw new CommandFailedException("it does not start:\n" + trial.log());
            }
            LockSupport.parkNanos(LOOK_INTERVAL_NANOS);
        }
    }

    private void warmUp(Process process, FarEnd far, Answers answers) throws IOException {
        int lost = 0;
        for (int back = 0; back < WARM_UP_PACKETS; ) {
            if (!Double.isNaN(exchangeMicros(far, answers))) {
                back++;
            } else if (++lost > WARM_UP_LOST_MAX || !process.isAlive()) {
                throw new CommandFailedException(
                        "%d packets came back, %d did not:%n%s".formatted(back, lost, trial.log()));
            }
        }
    }

    /// The time of its CPU that it takes for nothing.
    private void leaveAlone(String name, Process process) throws IOException {
        long pid = process.pid();
        pause(SETTLE_NANOS);
        long startNanos = System.nanoTime();
        long worker = Threads.workerNanos(pid);
        long all = Threads.cpuNanos(pid);
        pause(IDLE_NANOS);
        double percent = 100.0 / (System.nanoTime() - startNanos);
        figures.metric(name + "_cpu", percent * (Threads.workerNanos(pid) - worker), "percent");
        figures.metric(name + "_cpu_process", percent * (Threads.cpuNanos(pid) - all), "percent");
    }

    private static void pause(long nanos) {
        long endNanos = System.nanoTime() + nanos;
        for (long rest = nanos; rest > 0; rest = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    private void wakeUp(String name, FarEnd far, Answers answers) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        double[] micros = new double[packets];
        for (int i = 0; i < packets; i++) {
            pause(random.nextLong(PAUSE_NANOS_MIN, PAUSE_NANOS_MAX));
            micros[i] = exchangeMicros(far, answers);
        }
        double[] found = Arrays.stream(micros).filter(value -> !Double.isNaN(value)).toArray();
        if (found.length == 0) {
            throw new CommandFailedException(
                    name + ": none of " + packets + " packets came back:\n" + trial.log());
        }
        Arrays.sort(found);
        for (int percent : new int[] {50, 99}) {
            figures.metric(name + "_wake_p" + percent, Percentile.of(found, percent), "us");
        }
        figures.metric(name + "_lost", micros.length - found.length, "packets");
    }

    /// From before a packet is sent until it has come back, it and no earlier one; not a number if
    /// it does not.
    private static double exchangeMicros(FarEnd far, Answers answers) {
        int number = far.nextNumber();
        int late = answers.since(far, 0);
        while (late > 0) {
            late = answers.since(far, 0);
        }
        long startNanos = System.nanoTime();
        int ignored = far.send(1);
        while (answers.since(far, number) == 0) {
            if (System.nanoTime() - startNanos > LOST_NANOS) {
                return Double.NaN;
            }
            Thread.onSpinWait();
        }
        return (System.nanoTime() - startNanos) / 1e3;
    }
}
