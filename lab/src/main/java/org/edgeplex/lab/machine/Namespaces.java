package org.edgeplex.lab.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The named network namespaces of the machine (`/run/netns`).
final class Namespaces {
    private static final Logger LOG = LoggerFactory.getLogger(Namespaces.class);
    private static final Path DIRECTORY = Path.of("/run/netns");

    private Namespaces() {}

    /// Those of the names that exist, and those that a controller made for PVMs on them.
    static List<String> existing(Collection<String> names) {
        if (!Files.isDirectory(DIRECTORY)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(DIRECTORY)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> names.stream().anyMatch(ours -> isOf(ours, name)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether `name` is the namespace `ours`, or that of a PVM on it (`l3vpn-pe1-h1-pvm-7`).
    static boolean isOf(String ours, String name) {
        return name.equals(ours) || name.startsWith(ours + "-pvm-");
    }

    /// By the inode of its file a namespace is found again in `/proc/PID/ns/net`.
    static Set<Long> inodes(Collection<String> names) {
        Set<Long> inodes = new HashSet<>();
        for (String name : existing(names)) {
            try {
                Object inode = Files.getAttribute(DIRECTORY.resolve(name), "unix:ino");
                inodes.add(((Number) inode).longValue());
            } catch (IOException e) {
                LOG.debug("{} is gone since it was listed", name);
            }
        }
        return inodes;
    }
}
