package org.edgeplex.bgp.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// FRR's zebra and bgpd in a namespace, with a mount namespace of their own so that all default
/// paths work and nothing of the host's FRR is touched.
final class Frr implements AutoCloseable {
    private static final String START =
            """
            mount --make-rprivate /
            mount --bind $D/etc /etc/frr
            mount --bind $D/run /var/run/frr
            ulimit -n 4096
            for d in zebra bgpd; do
              /usr/lib/frr/$d -d -A 127.0.0.1 --log file:$D/run/$d.log >>$D/run/start.log 2>&1
            done
            vtysh -b >>$D/run/start.log 2>&1
            cat /var/run/frr/*.pid > $D/run/pids
            """;

    private final Path directory;
    private final List<String> pids;

    Frr(Wire wire, String configuration) throws IOException {
        directory = Files.createTempDirectory("bgp-frr");
        for (String name : List.of("", "etc", "run")) {
            Path one = Files.createDirectories(directory.resolve(name));
            // The daemons give up root for the user frr.
            Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        Files.writeString(directory.resolve("etc/frr.conf"), configuration);
        Files.writeString(directory.resolve("etc/vtysh.conf"), "");
        Commands.run(
                "ip",
                "netns",
                "exec",
                wire.theirs(),
                "unshare",
                "-m",
                "bash",
                "-c",
                START.replace("$D", directory.toString()));
        pids = Files.readAllLines(directory.resolve("run/pids"));
    }

    String vtysh(String... commands) {
        List<String> command = new java.util.ArrayList<>();
        command.addAll(List.of("nsenter", "-t", pids.getFirst(), "-m", "-n", "vtysh"));
        for (String one : commands) {
            command.addAll(List.of("-c", one));
        }
        return Commands.run(command);
    }

    /// Without blanks, so that a test can look for `"state":"Established"`.
    String json(String command) {
        return vtysh(command).replaceAll("\\s", "");
    }

    @Override
    public void close() {
        pids.forEach(pid -> Commands.tryRun("kill", "-9", pid));
        Commands.tryRun("rm", "-rf", directory.toString());
    }
}
