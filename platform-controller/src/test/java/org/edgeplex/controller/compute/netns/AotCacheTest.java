package org.edgeplex.controller.compute.netns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.edgeplex.controller.compute.ProgramRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {
    @TempDir private Path directory = Path.of("replaced");
    private Path jar = Path.of("replaced");
    private Path other = Path.of("replaced");
    private AotCache cache = new AotCache(jar, jar);

    @BeforeEach
    void install() throws IOException {
        Path library = Files.createDirectories(directory.resolve("lib"));
        Files.createDirectories(directory.resolve("aot"));
        jar = Files.createFile(library.resolve("cvm-1.jar"));
        other = Files.createFile(library.resolve("other-2.jar"));
        cache =
                AotCache.of(
                        ProgramRole.CVM, new JvmCommand.Program(jar.toString(), "X", List.of()));
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));
        Files.setLastModifiedTime(other, FileTime.fromMillis(2_000_000));
    }

    private void record(long atMillis) throws IOException {
        Files.setLastModifiedTime(Files.createFile(cache.file()), FileTime.fromMillis(atMillis));
    }

    @Test
    void isBesideTheJars() {
        assertEquals(directory.resolve("aot/cvm.aot"), cache.file());
    }

    @Test
    void isUsedWhenItIsThere() throws IOException {
        assertEquals(List.of(), cache.flags());
        record(3_000_000);
        assertEquals("-XX:AOTCache=" + cache.file(), cache.flags().getFirst());
    }

    @Test
    void isNotUsedWhenAnyJarIsNewer() throws IOException {
        record(1_500_000);
        assertEquals(List.of(), cache.flags());
    }

    @Test
    void aClassPathOfManyJarsHasTheFolderOfTheFirst() {
        JvmCommand.Program program =
                new JvmCommand.Program(jar + ":/elsewhere/x.jar", "X", List.of());
        assertEquals(cache, AotCache.of(ProgramRole.CVM, program));
    }
}
