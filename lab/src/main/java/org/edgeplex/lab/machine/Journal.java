package org.edgeplex.lab.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a lab made, one line each, written before it is made (a process: as soon as it has a pid).
///
/// Invariant: whatever a namespace or a mount of the lab is called, the journal knew it first; so
/// who reads the journal misses nothing, and may find things that never came to be.
public final class Journal {
    /// One line. Its first word is the case, in lower case.
    public sealed interface Entry {
        record MadeNamespace(String name) implements Entry {}

        /// The runner finished and leaves the lab up.
        record Kept() implements Entry {}

        /// A number of the kernel's that is larger while the lab is up.
        record RaisedSetting(String name, long before) implements Entry {}

        record StartedProcess(long pid, long startTicks, String what) implements Entry {}
    }

    private final Path file;

    public Journal(Path file) {
        this.file = file;
    }

    public synchronized void write(Entry entry) {
        try {
            Files.writeString(
                    file, line(entry) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All entries; a last line cut short by a crash, or damaged, is not one.
    public List<Entry> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<Entry> entries = new ArrayList<>();
            Files.readString(file).lines().forEach(line -> parse(line).ifPresent(entries::add));
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> namespaces() {
        return read().stream()
                .filter(Entry.MadeNamespace.class::isInstance)
                .map(entry -> ((Entry.MadeNamespace) entry).name())
                .distinct()
                .toList();
    }

    public boolean isKept() {
        return read().stream().anyMatch(Entry.Kept.class::isInstance);
    }

    static String line(Entry entry) {
        return switch (entry) {
            case Entry.MadeNamespace(String name) -> "namespace " + name;
            case Entry.Kept() -> "kept";
            case Entry.RaisedSetting(String name, long before) -> "setting " + before + " " + name;
            case Entry.StartedProcess(long pid, long ticks, String what) ->
                    "process " + pid + " " + ticks + " " + what;
        };
    }

    static Optional<Entry> parse(String line) {
        String[] words = line.split(" ", 4);
        if (line.equals("kept")) {
            return Optional.of(new Entry.Kept());
        }
        if (words[0].equals("namespace") && words.length == 2 && !words[1].isEmpty()) {
            return Optional.of(new Entry.MadeNamespace(words[1]));
        }
        try {
            return parseNumbers(words);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Entry> parseNumbers(String[] words) {
        if (words[0].equals("process") && words.length == 4) {
            return Optional.of(
                    new Entry.StartedProcess(
                            Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]));
        }
        if (words[0].equals("setting") && words.length == 3) {
            return Optional.of(new Entry.RaisedSetting(words[2], Long.parseLong(words[1])));
        }
        return Optional.empty();
    }
}
