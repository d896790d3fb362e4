package org.edgeplex.lab.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Namespaces whose names have the process that made them (`trial-4711-host`), and which a killed
/// one could not remove.
public final class AbandonedNamespaces {
    private static final Path DIRECTORY = Path.of("/run/netns");

    private AbandonedNamespaces() {}

    /// Removes those of processes that are no more; another of the same number keeps them a while.
    ///
    /// @param prefix of the names, before the number
    public static void remove(Commands commands, String prefix) {
        if (!Files.isDirectory(DIRECTORY)) {
            return;
        }
        try (Stream<Path> entries = Files.list(DIRECTORY)) {
            LongPredicate isAlive = pid -> ProcessHandle.of(pid).isPresent();
            List<String> names = entries.map(entry -> entry.getFileName().toString()).toList();
            for (String name : of(prefix, names, isAlive)) {
                commands.attempt(Commands.DEADLINE, List.of("ip", "netns", "delete", name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> of(String prefix, List<String> names, LongPredicate isAlive) {
        Pattern ours = Pattern.compile(Pattern.quote(prefix) + "-(\\d{1,9})-.*");
        return names.stream()
                .filter(name -> {
                    Matcher matcher = ours.matcher(name);
                    return matcher.matches() && !isAlive.test(Long.parseLong(matcher.group(1)));
                })
                .toList();
    }
}
