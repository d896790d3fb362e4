package org.edgeplex.lab.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.edgeplex.lab.machine.RunDirectory;
import org.edgeplex.lab.topology.Node;
import org.edgeplex.lab.topology.Topology;
import org.edgeplex.lab.topology.TopologyException;
import org.edgeplex.lab.topology.TopologyReader;

/// The topology as it was when the lab came up, with the files it names, in the run directory: who
/// edits the original meanwhile changes nothing that is up.
final class Snapshot {
    private static final String FILE = "topology.clab.yml";

    private Snapshot() {}

    static Topology take(Path original, Topology topology, RunDirectory directory) {
        Path copy = directory.directory("topology");
        try {
            Files.copy(original, copy.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
            for (Path config :
                    topology.nodes().values().stream().flatMap(Snapshot::files).toList()) {
                Path target = copy.resolve(topology.directory().relativize(config)).normalize();
                if (!target.startsWith(copy)) {
                    throw new LabException(config + " is outside of " + topology.directory());
                }
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(config, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read(directory);
    }

    static Topology read(RunDirectory directory) {
        try {
            return TopologyReader.read(directory.resolve("topology").resolve(FILE));
        } catch (TopologyException e) {
            throw new LabException("lab " + directory.lab() + " is not up: " + e.getMessage());
        }
    }

    private static Stream<Path> files(Node node) {
        return switch (node) {
            case Node.EdgePlexPe pe -> Stream.of(pe.startupConfig());
            case Node.Frr frr -> Stream.of(frr.startupConfig());
            case Node.Bird bird -> Stream.of(bird.startupConfig());
            case Node.Gobgp gobgp -> Stream.of(gobgp.startupConfig());
            case Node.Linux _ -> Stream.empty();
        };
    }
}
