package org.edgeplex.controller.compute.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.edgeplex.controller.compute.ComputeHost;
import org.edgeplex.controller.compute.ComputeOutcome;
import org.edgeplex.controller.compute.ProgramSpec;
import org.edgeplex.controller.compute.RunningProgram;

/// What lasts when a controller and its hosts' objects go: processes and networks.
public final class FakeMachine {
    private final String name;
    private final List<RunningProgram> running = new ArrayList<>();
    private final Set<String> networks = new TreeSet<>();
    private final List<Consumer<RunningProgram>> listeners = new ArrayList<>();
    private String problem = "";
    private long lastPid = 100;

    public FakeMachine(String name) {
        this.name = name;
    }

    /// A controller's view of the machine.
    public ComputeHost connect() {
        return new Host();
    }

    /// The process is gone, as if by `kill -9`.
    public void crash(String holder) {
        List<RunningProgram> ended = new ArrayList<>();
        List<Consumer<RunningProgram>> told;
        synchronized (this) {
            for (RunningProgram program : running) {
                if (program.holder().equals(holder)) {
                    ended.add(program);
                }
            }
            running.removeAll(ended);
            told = List.copyOf(listeners);
        }
        ended.forEach(program -> told.forEach(listener -> listener.accept(program)));
    }

    public synchronized List<RunningProgram> running() {
        return List.copyOf(running);
    }

    /// Instances that a network was made for.
    public synchronized Set<String> networks() {
        return Set.copyOf(networks);
    }

    /// An empty text: the machine is well.
    public synchronized void setProblem(String text) {
        problem = text;
    }

    private final class Host implements ComputeHost {
        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<String> problem() {
            synchronized (FakeMachine.this) {
                return Optional.of(problem).filter(text -> !text.isEmpty());
            }
        }

        @Override
        public List<RunningProgram> programs() {
            return running();
        }

        @Override
        public ComputeOutcome<RunningProgram> start(ProgramSpec spec) {
            synchronized (FakeMachine.this) {
                if (!problem.isEmpty()) {
                    return new ComputeOutcome.Failed<>(problem);
                }
                for (RunningProgram program : running) {
                    if (program.holder().equals(spec.holder())) {
                        return new ComputeOutcome.Done<>(program);
                    }
                }
                networks.add(spec.instance());
                RunningProgram program = new RunningProgram(spec.holder(), ++lastPid, lastPid);
                running.add(program);
                return new ComputeOutcome.Done<>(program);
            }
        }

        @Override
        public ComputeOutcome<RunningProgram> kill(RunningProgram program) {
            synchronized (FakeMachine.this) {
                running.remove(program);
                return new ComputeOutcome.Done<>(program);
            }
        }

        @Override
        public ComputeOutcome<RunningProgram> stop(RunningProgram program) {
            return kill(program);
        }

        @Override
        public ComputeOutcome<String> release(String instance) {
            synchronized (FakeMachine.this) {
                for (RunningProgram program : running) {
                    if (program.holder().equals(instance)
                            || program.holder().startsWith(instance + "/")) {
                        return new ComputeOutcome.Failed<>(program + " still runs");
                    }
                }
                networks.remove(instance);
                return new ComputeOutcome.Done<>(instance);
            }
        }

        @Override
        public void onExit(Consumer<RunningProgram> listener) {
            synchronized (FakeMachine.this) {
                listeners.add(listener);
            }
        }

        @Override
        public void close() {}
    }
}
