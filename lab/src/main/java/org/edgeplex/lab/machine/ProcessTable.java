package org.edgeplex.lab.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/// The processes of the machine, by what they carry and where they live (`/proc`).
///
/// A process may end between two looks: what cannot be read any more is not there.
final class ProcessTable {
    private final Path proc;

    ProcessTable(Path proc) {
        this.proc = proc;
    }

    /// Processes with `MARK=mark` in their environment.
    List<Long> marked(String mark) {
        String entry = Commands.MARK + "=" + mark;
        return matching(pid -> environment(pid).contains(entry));
    }

    /// Processes inside of one of the namespaces, given by the inode numbers of their files.
    List<Long> inside(Set<Long> namespaceInodes) {
        return matching(pid -> networkNamespace(pid).filter(namespaceInodes::contains).isPresent());
    }

    /// When the process started, in ticks since boot; with the pid it names a process for ever.
    Optional<Long> startTicks(long pid) {
        return read(pid, "stat").flatMap(ProcessTable::startTicks);
    }

    /// Field 22 of `/proc/PID/stat`; field 2, the name, is in parentheses and may hold anything.
    static Optional<Long> startTicks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length > 19 ? Optional.of(Long.parseLong(fields[19])) : Optional.empty();
    }

    boolean isZombie(long pid) {
        return read(pid, "stat").map(stat -> stat.contains(") Z ")).orElse(true);
    }

    String commandLine(long pid) {
        return read(pid, "cmdline").orElse("").replace('\0', ' ').strip();
    }

    private List<String> environment(long pid) {
        return read(pid, "environ")
                .map(text -> Arrays.asList(text.split("\0", -1)))
                .orElse(List.of());
    }

    private Optional<Long> networkNamespace(long pid) {
        try {
            String link = Files.readSymbolicLink(directory(pid).resolve("ns/net")).toString();
            return Optional.of(
                    Long.parseLong(link.substring(link.indexOf('[') + 1, link.indexOf(']'))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<Long> matching(LongPredicate wanted) {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                long pid = Long.parseLong(entry.getFileName().toString());
                if (pid != ProcessHandle.current().pid() && wanted.test(pid) && !isZombie(pid)) {
                    pids.add(pid);
                }
            }
        } catch (IOException e) {
            throw new CommandFailedException("cannot read " + proc + ": " + e.getMessage());
        }
        return pids;
    }

    private Optional<String> read(long pid, String file) {
        try {
            byte[] bytes = Files.readAllBytes(directory(pid).resolve(file));
            return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path directory(long pid) {
        return proc.resolve(Long.toString(pid));
    }
}
