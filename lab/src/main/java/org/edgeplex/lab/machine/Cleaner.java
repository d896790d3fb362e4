package org.edgeplex.lab.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes a lab away: processes, namespaces with all their interfaces, settings of the kernel,
/// mounts, files.
///
/// Works from the run directory alone, may be repeated, and is done only when it finds nothing.
public final class Cleaner {
    private final RunDirectory directory;
    private final ProcessTable processes = new ProcessTable(Path.of("/proc"));

    public Cleaner(RunDirectory directory) {
        this.directory = directory;
    }

    public void clean() {
        if (!directory.exists()) {
            return;
        }
        Commands commands = new Commands(directory.path().resolve("cleaner"));
        if (!Poll.until(Deadlines.TAKE_DOWN, this::killAll)) {
            throw new CommandFailedException(
                    "processes of the lab do not end: " + describe(survivors()));
        }
        for (String namespace : Namespaces.existing(made())) {
            commands.run("ip", "netns", "del", namespace);
        }
        mounts().forEach(mount -> commands.run("umount", mount));
        restoreSettings(); // the journal knows them until then
        deleteTree(directory.path());
    }

    /// One round; true when there was nobody to kill.
    private boolean killAll() {
        Set<Long> pids = survivors();
        for (long pid : pids) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        return pids.isEmpty();
    }

    /// Processes that carry the lab's mark, live in its namespaces, or stand in its journal.
    private Set<Long> survivors() {
        Set<Long> pids = new TreeSet<>(processes.marked(directory.path().toString()));
        pids.addAll(processes.inside(Namespaces.inodes(made())));
        for (Journal.Entry entry : directory.journal().read()) {
            if (entry instanceof Journal.Entry.StartedProcess(long pid, long ticks, String _)
                    && processes.startTicks(pid).filter(t -> t == ticks).isPresent()
                    && !processes.isZombie(pid)) {
                pids.add(pid);
            }
        }
        return pids;
    }

    /// What it was before the lab first touched it comes last.
    private void restoreSettings() {
        for (Journal.Entry entry : directory.journal().read().reversed()) {
            if (entry instanceof Journal.Entry.RaisedSetting(String name, long before)) {
                restore(name, before);
            }
        }
    }

    private static void restore(String name, long before) {
        KernelSetting setting = KernelSetting.of(name);
        // Where it may not be written it was not raised either.
        if (!setting.read().equals(OptionalLong.of(before)) && !setting.write(before)) {
            throw new CommandFailedException("cannot be put back: sysctl " + name + "=" + before);
        }
    }

    private List<String> made() {
        return directory.journal().namespaces();
    }

    private List<String> mounts() {
        String below = directory.path() + "/";
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mounts"))) {
            return lines.map(line -> line.split(" ", -1)[1])
                    .filter(target -> target.startsWith(below))
                    .toList()
                    .reversed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String describe(Set<Long> pids) {
        StringBuilder text = new StringBuilder();
        pids.forEach(pid ->
                text.append("\n  ").append(pid).append(' ').append(processes.commandLine(pid)));
        return text.toString();
    }

    static void deleteTree(Path root) {
        try {
            Files.walkFileTree(root, new Deleter());
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Deleter extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
