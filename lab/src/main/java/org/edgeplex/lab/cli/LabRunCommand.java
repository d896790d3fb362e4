package org.edgeplex.lab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
    private static final String SUFFIX = ".clab.yml";

    @Parameters(
            paramLabel = "TOPOLOGY",
            defaultValue = "l3vpn",
            completionCandidates = TopologyNames.class,
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

    /// What a shell may complete.
    static final class TopologyNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            try (Stream<Path> files = Files.list(topologies())) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(SUFFIX))
                        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                        .sorted()
                        .toList()
                        .iterator();
            } catch (IOException e) {
                // Elsewhere than in the repository: a file must be given.
                return Collections.emptyIterator();
            }
        }
    }

    private Path file() {
        Path given = Path.of(topology);
        if (Files.isRegularFile(given)) {
            return given;
        }
        if (topology.contains("/") || topology.endsWith(".yml")) {
            return given;
        }
        return topologies().resolve(topology + SUFFIX);
    }

    private static Path topologies() {
        return Path.of(System.getProperty("edgeplex.home", ".")).resolve("lab/topologies");
    }
}
