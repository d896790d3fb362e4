package org.edgeplex.controller.compute.netns;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.edgeplex.controller.compute.ProgramRole;

/// A program's ahead-of-time cache (JEP 483, 514, 515): what it loaded, linked and learned of its
/// methods in an earlier run. It belongs to the very jars that it was recorded with.
///
/// @param file in the folder `aot` beside that of the jars
/// @param jars their folder
record AotCache(Path file, Path jars) {
    static AotCache of(ProgramRole role, JvmCommand.Program program) {
        String first = program.classPath().split(Pattern.quote(File.pathSeparator), -1)[0];
        Path jars = Path.of(first).toAbsolutePath().resolveSibling("");
        String name = role.name().toLowerCase(Locale.ROOT) + ".aot";
        return new AotCache(jars.resolveSibling("aot").resolve(name), jars);
    }

    /// The JVM's flags to use it; none if it is not there, or older than a jar.
    List<String> flags() {
        // With one that does not fit the JVM would say in each log that it goes on without.
        return isNewerThanJars()
                ? List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off")
                : List.of();
    }

    private boolean isNewerThanJars() {
        if (!Files.exists(file)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(jars)) {
            FileTime made = Files.getLastModifiedTime(file);
            for (Path jar : entries.filter(entry -> entry.toString().endsWith(".jar")).toList()) {
                if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
