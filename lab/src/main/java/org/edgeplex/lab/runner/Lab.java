package org.edgeplex.lab.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.edgeplex.lab.machine.Cleaner;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Journal;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.machine.RunDirectory;
import org.edgeplex.lab.node.LabNodes;
import org.edgeplex.lab.node.LabStore;
import org.edgeplex.lab.node.ProviderEdgeNode;
import org.edgeplex.lab.node.RunningNode;
import org.edgeplex.lab.topology.Topology;

/// One lab on this machine, from its claim to its end.
public final class Lab implements AutoCloseable {
    private final Machine machine;
    private final LabNodes nodes;
    private final RunDirectory.Claim claim;
    private final Thread hook = new Thread(this::takeDown, "take-down");
    private boolean down;

    private Lab(Machine machine, LabNodes nodes, RunDirectory.Claim claim) {
        this.machine = machine;
        this.nodes = nodes;
        this.claim = claim;
    }

    /// Claims the name: refused while another runs it or it was kept; what a dead one left is
    /// cleaned up first. From here on a Ctrl-C takes everything down.
    public static Lab claim(String name, Path file, Topology topology, LabStore store) {
        RunDirectory directory = RunDirectory.of(name);
        RunDirectory.Claim claim =
                directory
                        .claim()
                        .orElseThrow(() ->
                                new LabException(
                                        "lab "
                                                + name
                                                + " is being run by process "
                                                + directory
                                                        .claimant()
                                                        .map(ProcessHandle::pid)
                                                        .orElse(0L)));
        if (directory.exists() && directory.journal().isKept()) {
            claim.close();
            throw new LabException(
                    "lab "
                            + name
                            + " is up; take it down first: ./edgeplex lab down --name "
                            + name);
        }
        Cleaner cleaner = new Cleaner(directory);
        cleaner.clean();
        directory.directory();
        Machine machine = new Machine(directory);
        Topology snapshot;
        try {
            snapshot = Snapshot.take(file, topology, directory);
            store.write(directory);
        } catch (RuntimeException e) {
            cleaner.clean();
            claim.close();
            throw e;
        }
        Lab lab = new Lab(machine, new LabNodes(machine, snapshot, store), claim);
        Runtime.getRuntime().addShutdownHook(lab.hook);
        return lab;
    }

    /// The nodes of a lab that is up, run by us or by another.
    public static LabNodes attach(String name) {
        RunDirectory directory = RunDirectory.of(name);
        if (!directory.exists()) {
            throw notUp(name);
        }
        return new LabNodes(
                new Machine(directory), Snapshot.read(directory), LabStore.read(directory));
    }

    public static LabException notUp(String name) {
        List<String> labs = RunDirectory.labs();
        return new LabException(
                "lab "
                        + name
                        + " is not up; "
                        + (labs.isEmpty()
                                ? "none is: ./edgeplex lab run"
                                : "choose with --name from: " + String.join(", ", labs)));
    }

    /// A word for a person: `running`, `up` (kept), or `dead` (its runner was killed).
    public static String state(RunDirectory directory) {
        Optional<RunDirectory.Claim> claim = directory.claim();
        if (claim.isEmpty()) {
            return "running";
        }
        claim.get().close();
        return directory.journal().isKept() ? "up" : "dead";
    }

    /// Takes a lab down, whoever runs it: its runner is asked to end first.
    public static void down(String name) {
        RunDirectory directory = RunDirectory.of(name);
        Optional<RunDirectory.Claim> claim = directory.claim();
        if (claim.isEmpty()) {
            directory.claimant().ifPresent(ProcessHandle::destroy);
            claim = Poll.untilPresent(Deadlines.TAKE_DOWN, directory::claim);
        }
        try (RunDirectory.Claim _ =
                claim.orElseThrow(() -> new LabException("the runner of " + name + " hangs"))) {
            new Cleaner(directory).clean();
        }
    }

    public Machine machine() {
        return machine;
    }

    public LabNodes nodes() {
        return nodes;
    }

    public Topology topology() {
        return nodes.topology();
    }

    /// Namespaces, cables, daemons.
    public void bringUp(Progress progress) {
        progress.step(
                "namespaces of " + nodes.all().size() + " nodes",
                () -> Parallel.forEach(nodes.all(), RunningNode::create));
        progress.step(
                topology().links().size() + " cables",
                () -> Parallel.forEach(topology().links(), nodes::connect));
        progress.step(
                "switches and routers", () -> Parallel.forEach(nodes.all(), RunningNode::start));
        if (!nodes.providerEdges().isEmpty()) {
            progress.step(
                    "the PEs' state in " + nodes.store().name(),
                    () -> nodes.store().start(machine));
            progress.step(
                    "a controller for each PE",
                    () ->
                            Parallel.forEach(
                                    nodes.providerEdges(), ProviderEdgeNode::startController));
        }
    }

    /// Leaves the lab up when this process ends.
    public synchronized void keep() {
        machine.journal().write(new Journal.Entry.Kept());
        down = true;
        claim.close();
    }

    @Override
    public void close() {
        takeDown();
    }

    private synchronized void takeDown() {
        if (!down) {
            machine.commands().close();
            new Cleaner(machine.directory()).clean();
            down = true;
            claim.close();
        }
    }
}
