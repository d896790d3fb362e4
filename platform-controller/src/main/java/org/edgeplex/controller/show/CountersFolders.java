package org.edgeplex.controller.show;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where counters files are on this machine.
final class CountersFolders {
    /// Of a controller's directory.
    static final String NAME = "counters";

    private CountersFolders() {}

    /// The folder of a controller, or the directory itself if it holds the files.
    static Path of(Path directory) {
        Path within = directory.resolve(NAME);
        return Files.isDirectory(within) ? within : directory;
    }

    /// Of the labs that are up, and of a controller whose directory is the current one or the
    /// usual.
    static List<Path> usual(Path run) {
        List<Path> folders = new ArrayList<>();
        for (Path lab : below(run)) {
            for (Path node : below(lab)) {
                folders.add(node.resolve("controller").resolve(NAME));
            }
        }
        folders.add(Path.of(NAME));
        folders.add(Path.of("/var/lib/edgeplex", NAME));
        return folders.stream().filter(Files::isDirectory).toList();
    }

    private static List<Path> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            List<Path> found = new ArrayList<>();
            stream.forEach(found::add);
            found.sort(null);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
