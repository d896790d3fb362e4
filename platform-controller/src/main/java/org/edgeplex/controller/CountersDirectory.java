package org.edgeplex.controller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the programs' counters files are: `counters` in the controller's directory.
///
/// A data plane stores into such a file for each packet. On a disk the kernel takes a page away now
/// and then to write it out, and the packet waits: so where the directory is on a disk, `counters`
/// leads to one in memory below `/run`.
final class CountersDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(CountersDirectory.class);
    private static final String NAME = "counters";
    private static final String IN_MEMORY = "tmpfs";

    private CountersDirectory() {}

    /// Makes it, or finds the one of an earlier life; what an earlier boot had is gone.
    ///
    /// @param run of the machine, as a rule in memory
    static Path prepare(Path directory, Path run) throws IOException {
        Path counters = directory.resolve(NAME);
        if (!Files.isSymbolicLink(counters)
                && !Files.exists(counters)
                && !isInMemory(directory)
                && isInMemory(run)) {
            Files.createSymbolicLink(
                    counters, run.resolve("edgeplex/counters").resolve(flat(directory)));
        }
        Path real = Files.isSymbolicLink(counters) ? Files.readSymbolicLink(counters) : counters;
        Files.createDirectories(real.toAbsolutePath().getParent());
        if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    real,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwxr-x---")));
        }
        if (!isInMemory(real)) {
            LOG.info("{} is not in memory: packets may wait for the disk", real);
        }
        return counters;
    }

    /// One name for a path, as systemd makes them.
    private static String flat(Path directory) {
        return directory.toAbsolutePath().normalize().toString().substring(1).replace('/', '-');
    }

    private static boolean isInMemory(Path directory) throws IOException {
        return Files.isDirectory(directory)
                && Files.isWritable(directory)
                && Files.getFileStore(directory).type().equals(IN_MEMORY);
    }
}
