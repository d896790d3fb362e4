package org.edgeplex.lab.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.Namespace;
import org.edgeplex.lab.machine.Poll;

/// FRR in a namespace, with a mount namespace of its own.
///
/// There `/etc/frr` and `/var/run/frr` are directories of the lab, so that any number of FRRs run
/// with Debian's default paths and none writes to the machine's own. The daemons keep their user
/// `frr`: vtysh's group check allows no other.
public final class Frr {
    private static final String START =
            """
            mkdir -p /etc/frr /var/run/frr
            mount --bind "$1/etc" /etc/frr
            mount --bind "$1/run" /var/run/frr
            home=$1; shift
            for daemon in "$@"; do
              /usr/lib/frr/$daemon -d -A 127.0.0.1 --log "file:$home/log/$daemon.log"
            done
            vtysh -b
            """;

    private final Machine machine;
    private final Namespace namespace;
    private final Path home;

    Frr(Machine machine, Namespace namespace, Path home) {
        this.machine = machine;
        this.namespace = namespace;
        this.home = home;
    }

    void start(Path config, List<String> daemons) {
        try {
            for (String directory : List.of("etc", "run", "log")) {
                Files.createDirectories(home.resolve(directory));
            }
            Files.copy(config, home.resolve("etc/frr.conf"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(home.resolve("etc/vtysh.conf"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        machine.commands().run("chown", "-R", "frr:frr", home.toString());
        List<String> script = new ArrayList<>(List.of("unshare", "-m", "sh", "-ec", START, "frr"));
        script.add(home.toString());
        script.addAll(daemons);
        namespace.run(script.toArray(String[]::new));
        for (String daemon : daemons) {
            if (!Poll.until(Deadlines.DAEMON, () -> vty(daemon).ask("show version").isPresent())) {
                throw new CommandFailedException(daemon + " in " + namespace.name() + " is silent");
            }
        }
    }

    public VtySocket vty(String daemon) {
        return new VtySocket(home.resolve("run").resolve(daemon + ".vty"));
    }

    /// Inside of both namespaces: where `vtysh` finds its daemons.
    List<String> inside(List<String> command) {
        try {
            String pid = Files.readString(home.resolve("run/zebra.pid")).strip();
            List<String> line = new ArrayList<>(List.of("nsenter", "-t", pid, "-m", "-n"));
            line.addAll(command);
            return line;
        } catch (IOException e) {
            throw new CommandFailedException("FRR does not run in " + namespace.name());
        }
    }
}
