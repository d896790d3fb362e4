package org.edgeplex.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountersDirectoryTest {
    @TempDir private Path directory = Path.of("replaced");
    @TempDir private Path disk = Path.of("replaced");

    @Test
    void isPrivateAndFoundAgain() throws IOException {
        Path counters = CountersDirectory.prepare(directory, disk);
        assertEquals(directory.resolve("counters"), counters);
        assertEquals(
                "rwxr-x---",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(counters)));
        Path file = Files.writeString(counters.resolve("pvm-7.counters"), "");
        assertEquals(counters, CountersDirectory.prepare(directory, disk));
        assertTrue(Files.exists(file));
    }

    /// After a boot the link is there, and what it leads to is gone.
    @Test
    void aLinkIsFollowedAndItsEndMadeAgain() throws IOException {
        Path end = disk.resolve("edgeplex/counters/of-pe1");
        Files.createSymbolicLink(directory.resolve("counters"), end);
        Path counters = CountersDirectory.prepare(directory, disk);
        assertEquals(directory.resolve("counters"), counters);
        assertTrue(Files.isDirectory(end));
        assertEquals(counters, CountersDirectory.prepare(directory, disk));
    }
}
