package org.edgeplex.cvm.frr;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Two network namespaces with a veth between them; FRR in one, ours in the other.
///
/// ```
///   NAME-us  lo, c0 10.1.0.2/24 ---- 10.1.0.1/24 c0, lo  NAME-frr
/// ```
///
/// FRR runs with the host's paths bind-mounted away, so that nothing of the host is touched.
public final class FrrLab implements AutoCloseable {
    private static final List<String> DAEMONS = List.of("zebra", "ospfd", "ldpd", "bgpd");

    private final String name;
    private final Path directory;

    public FrrLab(String name, String ourLoopback, String frrLoopback) throws IOException {
        this.name = name;
        this.directory = Files.createTempDirectory(name);
        run("ip", "netns", "add", us());
        run("ip", "netns", "add", frr());
        run(
                "ip", "-n", us(), "link", "add", "c0", "type", "veth", "peer", "name", "c0",
                "netns", frr());
        address(us(), ourLoopback, "10.1.0.2/24");
        address(frr(), frrLoopback, "10.1.0.1/24");
        run("ip", "-n", us(), "route", "add", frrLoopback + "/32", "via", "10.1.0.1");
        run("ip", "-n", frr(), "route", "add", ourLoopback + "/32", "via", "10.1.0.2");
    }

    private static void address(String namespace, String loopback, String link) throws IOException {
        run("ip", "-n", namespace, "address", "add", loopback + "/32", "dev", "lo");
        run("ip", "-n", namespace, "address", "add", link, "dev", "c0");
        run("ip", "-n", namespace, "link", "set", "lo", "up");
        run("ip", "-n", namespace, "link", "set", "c0", "up");
    }

    public String us() {
        return name + "-us";
    }

    public String frr() {
        return name + "-frr";
    }

    public Path directory() {
        return directory;
    }

    public void startFrr(String configuration) throws IOException {
        Path etc = Files.createDirectories(directory.resolve("etc"));
        Path run = Files.createDirectories(directory.resolve("run"));
        for (Path each : List.of(directory, etc, run)) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        Files.writeString(etc.resolve("frr.conf"), configuration);
        Files.writeString(etc.resolve("vtysh.conf"), "");
        StringBuilder script = new StringBuilder("set -e; mount --make-rprivate /\n");
        script.append("mount --bind ").append(etc).append(" /etc/frr\n");
        script.append("mkdir -p /var/run/frr; mount --bind ").append(run).append(" /var/run/frr\n");
        for (String daemon : DAEMONS) {
            script.append("/usr/lib/frr/").append(daemon).append(" -d -A 127.0.0.1\n");
        }
        script.append("vtysh -b\n");
        run("ip", "netns", "exec", frr(), "unshare", "-m", "bash", "-c", script.toString());
    }

    public String vtysh(String... commands) throws IOException {
        List<String> line =
                new ArrayList<>(List.of("nsenter", "-t", pids().getFirst(), "-m", "-n", "vtysh"));
        for (String command : commands) {
            line.add("-c");
            line.add(command);
        }
        return run(line.toArray(String[]::new));
    }

    private List<String> pids() throws IOException {
        List<String> pids = new ArrayList<>();
        for (String daemon : DAEMONS) {
            Path file = directory.resolve("run").resolve(daemon + ".pid");
            if (Files.exists(file)) {
                pids.add(Files.readString(file).strip());
            }
        }
        return pids;
    }

    /// Polls until the condition holds; the time limit is a failure.
    public static void await(String what, long seconds, BooleanSupplier condition)
            throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError("not within " + seconds + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    public static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(String.join(" ", command));
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        for (String pid : pids()) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
        run("ip", "netns", "del", us());
        run("ip", "netns", "del", frr());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
