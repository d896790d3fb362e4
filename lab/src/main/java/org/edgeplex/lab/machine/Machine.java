package org.edgeplex.lab.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The machine as one lab uses it: whatever it makes here is in the journal.
public final class Machine {
    private final RunDirectory directory;
    private final Journal journal;
    private final Commands commands;
    private final ProcessTable processes = new ProcessTable(Path.of("/proc"));

    public Machine(RunDirectory directory) {
        this.directory = directory;
        this.journal = directory.journal();
        this.commands = new Commands(directory.path());
    }

    public RunDirectory directory() {
        return directory;
    }

    public Commands commands() {
        return commands;
    }

    public Journal journal() {
        return journal;
    }

    /// The namespace of that name, `l3vpn-p` for `p`, whether it exists or not.
    public Namespace namespace(String name) {
        return new Namespace(commands, directory.lab() + "-" + name);
    }

    public Namespace makeNamespace(String name) {
        Namespace namespace = namespace(name);
        journal.write(new Journal.Entry.MadeNamespace(namespace.name()));
        namespace.create();
        return namespace;
    }

    /// Starts a program that lives as long as the lab.
    public Process startProgram(String what, Path log, List<String> command) {
        Process process = commands.start(log, command);
        processes
                .startTicks(process.pid())
                .ifPresent(ticks ->
                        journal.write(
                                new Journal.Entry.StartedProcess(process.pid(), ticks, what)));
        return process;
    }

    /// Raises a number of the kernel's for as long as the lab is up, where that is allowed.
    public void raise(String setting, long value) {
        KernelSetting kernel = KernelSetting.of(setting);
        OptionalLong before = kernel.read();
        if (before.isPresent() && before.getAsLong() < value) {
            journal.write(new Journal.Entry.RaisedSetting(setting, before.getAsLong()));
            boolean ignored = kernel.write(value); // the lab runs without it, with more loss
        }
    }

    /// The programs of the journal, and whether each still runs.
    public List<ProgramStatus> programs() {
        return journal.read().stream()
                .filter(Journal.Entry.StartedProcess.class::isInstance)
                .map(Journal.Entry.StartedProcess.class::cast)
                .map(entry ->
                        new ProgramStatus(
                                entry.what(),
                                entry.pid(),
                                processes
                                                .startTicks(entry.pid())
                                                .filter(t -> t == entry.startTicks())
                                                .isPresent()
                                        && !processes.isZombie(entry.pid())))
                .toList();
    }

    /// The pid of the program of that name that runs now.
    public Optional<Long> runningProgram(String what) {
        return programs().stream()
                .filter(program -> program.what().equals(what) && program.isRunning())
                .map(ProgramStatus::pid)
                .reduce((_, latest) -> latest);
    }

    /// The command lines of what runs in the namespaces, or in those of PVMs on them.
    public List<String> processesAt(List<Namespace> namespaces) {
        return processes
                .inside(Namespaces.inodes(namespaces.stream().map(Namespace::name).toList()))
                .stream()
                .map(pid -> pid + " " + processes.commandLine(pid))
                .toList();
    }

    public record ProgramStatus(String what, long pid, boolean isRunning) {}
}
