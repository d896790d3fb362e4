package org.edgeplex.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A directory with the counters files of one PE.
public final class CountersFolder {
    private CountersFolder() {}

    /// Those that are there, by number; none where there is no directory.
    public static List<Path> files(Path folder) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream =
                    Files.newDirectoryStream(folder, "[!.]*" + CountersFile.SUFFIX)) {
                stream.forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        found.sort(Comparator.comparingInt(CountersFolder::number).thenComparing(path -> path));
        return found;
    }

    /// The number in a file's name: of whom it is, also when it cannot be read.
    static int number(Path file) {
        String digits = file.getFileName().toString().replaceAll("[^0-9]", "");
        return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }
}
