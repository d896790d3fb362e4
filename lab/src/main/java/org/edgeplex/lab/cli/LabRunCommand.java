package org.edgeplex.lab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.edgeplex.lab.node.LabStore;
import org.edgeplex.lab.runner.LabRun;
import org.edgeplex.lab.runner.LabRunOptions;
import org.edgeplex.lab.topology.Topology;
import org.edgeplex.lab.topology.TopologyException;
import org.edgeplex.lab.topology.TopologyReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edgeplex lab run`: brings a topology up, checks it, takes it down.
@Command(
        name = "run",
        description = "Brings a topology up, orders its VPNs, checks everything, takes it down.",
        mixinStandardHelpOptions = true)
final class LabRunCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "TOPOLOGY",
            defaultValue = "l3vpn",
            description = "A name in lab/topologies, or a file (default: ${DEFAULT-VALUE}).")
    private String topology = "";

    @Option(
            names = "--name",
            defaultValue = "",
            description = "The lab's name (default: the topology's).")
    private String name = "";

    @Option(
            names = "--store",
            paramLabel = "STORE",
            defaultValue = "lmdb",
            description = {
                "Where the PEs keep their state (default: ${DEFAULT-VALUE}): lmdb, redis (a server"
                        + " of the lab's own), ramcloud (the cluster that EDGEPLEX_RAMCLOUD names),"
                        + " or a store's location."
            })
    private String store = "";

    @Option(names = "--keep", description = "Leave the lab up at the end.")
    private boolean keep;

    @Option(
            names = "--skip-checks",
            description = "Only bring it up and order the VPNs, with --keep.")
    private boolean skipChecks;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            defaultValue = "",
            description = "Write the results of the checks there, as JSON.")
    private String json = "";

    @Override
    public Integer call() throws TopologyException {
        Path file = file();
        Topology read = TopologyReader.read(file);
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        LabRunOptions options =
                new LabRunOptions(
                        file,
                        name.isEmpty() ? read.name() : name,
                        LabStore.parse(store, run),
                        keep,
                        skipChecks,
                        json);
        return new LabRun(options, read, Terminal.out()).run() ? 0 : 1;
    }

    private Path file() {
        Path given = Path.of(topology);
        if (Files.isRegularFile(given)) {
            return given;
        }
        if (topology.contains("/") || topology.endsWith(".yml")) {
            return given;
        }
        Path home = Path.of(System.getProperty("edgeplex.home", "."));
        return home.resolve("lab/topologies").resolve(topology + ".clab.yml");
    }
}
