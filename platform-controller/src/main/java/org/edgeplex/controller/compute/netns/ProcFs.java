package org.edgeplex.controller.compute.netns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Processes as the kernel tells of them, proc(5).
///
/// Not `java.lang.ProcessHandle`: that takes a zombie for alive, and notices the end of a process
/// that is not its own child seconds later.
final class ProcFs {
    private static final Path PROC = Path.of("/proc");

    /// Linux tells times to programs in hundredths of a second, on every architecture.
    private static final int MILLIS_PER_TICK = 10;

    // Fields behind the command's name in /proc/PID/stat; the first is "state".
    private static final int STATE = 0;
    private static final int SESSION = 3;
    private static final int START_TIME = 19;

    private static final long LOOK_NANOS = 200_000;
    private static final long EXEC_NANOS_MAX = 50_000_000;

    private static final long BOOT_MILLIS = bootMillis();

    private ProcFs() {}

    /// A process that is alive: neither gone nor a zombie.
    record Stat(long pid, long session, long startedMillis) {}

    static Optional<Stat> alive(long pid) {
        try {
            String line =
                    Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            char state = fields[STATE].charAt(0);
            if (state == 'Z' || state == 'X') {
                return Optional.empty();
            }
            return Optional.of(
                    new Stat(
                            pid,
                            Long.parseLong(fields[SESSION]),
                            BOOT_MILLIS + Long.parseLong(fields[START_TIME]) * MILLIS_PER_TICK));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// A process that was just started by setsid(1), once it has its session: a later look at
    /// [#sessionLeaders] finds it then. It becomes ip(8) and the program by exec and stays the
    /// same.
    static Optional<Stat> leader(long pid, Duration wait) {
        long endNanos = System.nanoTime() + wait.toNanos();
        Optional<Stat> stat = alive(pid);
        while (stat.isPresent()
                && stat.get().session() != pid
                && System.nanoTime() - endNanos < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            stat = alive(pid);
        }
        return stat;
    }

    /// All processes that began a session of their own, as each program of ours does; their
    /// children are not among them.
    static List<Stat> sessionLeaders() {
        List<Stat> leaders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                alive(Long.parseLong(entry.getFileName().toString()))
                        .filter(stat -> stat.session() == stat.pid())
                        .ifPresent(leaders::add);
            }
        } catch (IOException e) {
            throw new IllegalStateException("/proc cannot be read", e);
        }
        return leaders;
    }

    /// The variable in the environment that the process was started with.
    static Optional<String> environment(long pid, String name) {
        return Arrays.stream(environment(pid).split("\0", -1))
                .filter(entry -> entry.startsWith(name + "="))
                .map(entry -> entry.substring(name.length() + 1))
                .findFirst();
    }

    /// In the middle of an exec the kernel shows none, or the beginning of one: then it is read
    /// again, for a program that is not recognized would be started a second time.
    private static String environment(long pid) {
        long endNanos = System.nanoTime() + EXEC_NANOS_MAX;
        String all = readEnvironment(pid);
        while (!all.endsWith("\0") && alive(pid).isPresent() && System.nanoTime() - endNanos < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            all = readEnvironment(pid);
        }
        return all;
    }

    private static String readEnvironment(long pid) {
        try {
            return Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static long bootMillis() {
        try {
            return Files.readAllLines(PROC.resolve("stat")).stream()
                    .filter(line -> line.startsWith("btime "))
                    .map(line -> Long.parseLong(line.substring("btime ".length()).strip()) * 1_000)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("/proc/stat has no btime"));
        } catch (IOException e) {
            throw new IllegalStateException("/proc/stat cannot be read", e);
        }
    }
}
