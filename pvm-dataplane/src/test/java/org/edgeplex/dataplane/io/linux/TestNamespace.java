package org.edgeplex.dataplane.io.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A network namespace of a test's own, removed with everything in it.
public final class TestNamespace implements AutoCloseable {
    private static final Path FOLDER = Path.of("/run/netns");
    private static final Pattern OURS = Pattern.compile("dataplane-(\\d{1,9})-.*");

    private final String name;

    public TestNamespace(String suffix) {
        removeAbandoned();
        name = "dataplane-" + ProcessHandle.current().pid() + "-" + suffix;
        run("ip", "netns", "add", name);
        // Before there is an interface: else the kernel's first words on it may come in between.
        exec("sysctl", "-qw", "net.ipv6.conf.default.disable_ipv6=1");
        ip("link", "set", "lo", "up");
    }

    /// Those of tests that were killed.
    static void removeAbandoned() {
        if (!Files.isDirectory(FOLDER)) {
            return;
        }
        try (Stream<Path> entries = Files.list(FOLDER)) {
            for (Path entry : entries.toList()) {
                Matcher ours = OURS.matcher(entry.getFileName().toString());
                if (ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty()) {
                    run("ip", "netns", "del", entry.getFileName().toString());
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public String name() {
        return name;
    }

    /// A veth pair whose ends carry exactly what is written to them.
    public void addVeth(String one, String other) {
        ip("link", "add", one, "type", "veth", "peer", "name", other);
        for (String end : List.of(one, other)) {
            exec("ethtool", "-K", end, "tx", "off", "rx", "off");
            ip("link", "set", end, "mtu", "2000", "up");
        }
    }

    /// `ip -n NAME arguments...`, its output.
    public String ip(String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "ip";
        command[1] = "-n";
        command[2] = name;
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        return run(command);
    }

    /// A command inside the namespace, its output.
    public String exec(String... arguments) {
        String[] command = new String[arguments.length + 4];
        System.arraycopy(new String[] {"ip", "netns", "exec", name}, 0, command, 0, 4);
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        return run(command);
    }

    /// Runs code on a platform thread inside the namespace.
    public <T> T call(Callable<T> code) throws Exception {
        FutureTask<T> task =
                new FutureTask<>(() -> {
                    NetworkNamespace.enter(name);
                    return code.call();
                });
        Thread.ofPlatform().name("in-" + name).start(task);
        return task.get();
    }

    @Override
    public void close() {
        run("ip", "netns", "del", name);
    }

    public static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + status + output);
            }
            return output;
        } catch (IOException e) {
            throw new AssertionError(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
