package org.edgeplex.lab.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Deadlines;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.machine.RunDirectory;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.client.Stores;

/// Where the PEs of a lab keep their state, each its own.
public sealed interface LabStore {
    /// A directory in the home of each PE.
    record Lmdb() implements LabStore {}

    /// A Redis of the lab's own, on a socket in its directory.
    record Redis() implements LabStore {}

    /// A store that runs already; the lab leaves its records there.
    ///
    /// @param location as [Stores] knows it, without a namespace
    /// @param run names this run, so that it finds nothing of an earlier one
    record Elsewhere(String location, String run) implements LabStore {}

    /// A choice of the user: `lmdb`, `redis`, or a location; `ramcloud` is the one that
    /// `EDGEPLEX_RAMCLOUD` names.
    static LabStore parse(String text, String run) {
        return switch (text) {
            case "lmdb" -> new Lmdb();
            case "redis" -> new Redis();
            case "ramcloud" -> {
                String cluster = System.getenv("EDGEPLEX_RAMCLOUD");
                if (cluster == null || cluster.isEmpty()) {
                    throw new IllegalArgumentException(
                            "--store ramcloud: set EDGEPLEX_RAMCLOUD to the locator of a running"
                                    + " cluster, such as tcp:host=127.0.0.1,port=12246");
                }
                yield new Elsewhere("ramcloud:" + cluster, run);
            }
            default -> {
                if (!text.contains(":")) {
                    throw new IllegalArgumentException(
                            "--store is lmdb, redis, ramcloud, or a store's location: \""
                                    + text
                                    + '"');
                }
                yield new Elsewhere(text, run);
            }
        };
    }

    /// The choice of a lab that is up.
    static LabStore read(RunDirectory directory) {
        try {
            List<String> lines = Files.readAllLines(file(directory));
            return switch (lines.getFirst()) {
                case "lmdb" -> new Lmdb();
                case "redis" -> new Redis();
                default -> new Elsewhere(lines.getFirst(), lines.getLast());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    default void write(RunDirectory directory) {
        String text =
                switch (this) {
                    case Lmdb() -> "lmdb\n";
                    case Redis() -> "redis\n";
                    case Elsewhere(String location, String run) -> location + "\n" + run + "\n";
                };
        try {
            Files.writeString(file(directory), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For people.
    default String name() {
        return switch (this) {
            case Lmdb() -> "lmdb";
            case Redis() -> "a redis of the lab";
            case Elsewhere(String location, _) -> location;
        };
    }

    /// Where the PE of this name, at home in this directory, has its state.
    default String location(RunDirectory directory, String pe, Path home) {
        return switch (this) {
            case Lmdb() -> "lmdb:" + home.resolve("store");
            case Redis() -> "redis:unix:" + socket(directory) + "?namespace=" + pe;
            case Elsewhere(String location, String run) ->
                    with(
                            with(location, "netns=" + ownNamespace(directory)),
                            "namespace=" + directory.lab() + "-" + pe + "-" + run);
        };
    }

    /// Starts what it needs on this machine, and waits until it answers.
    default void start(Machine machine) {
        switch (this) {
            case Lmdb() -> {}
            case Redis() -> startRedis(machine);
            case Elsewhere _ -> keepOwnNamespace(machine);
        }
    }

    /// Our programs sit in namespaces without a way out: they reach a store elsewhere through the
    /// one in which the lab was begun, which is kept by its file. It goes with the lab's directory.
    private static void keepOwnNamespace(Machine machine) {
        Path file = ownNamespace(machine.directory());
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        machine.commands().run("mount", "--bind", "/proc/self/ns/net", file.toString());
    }

    /// A server that keeps everything in memory, reached by this socket alone; what else it makes
    /// lies beside the socket.
    static List<String> redis(Path socket) {
        return List.of(
                "redis-server",
                "--port",
                "0",
                "--unixsocket",
                socket.toString(),
                "--unixsocketperm",
                "700",
                "--dir",
                socket.resolveSibling("").toString(),
                "--save",
                "",
                "--appendonly",
                "no",
                "--maxmemory-policy",
                "noeviction");
    }

    private void startRedis(Machine machine) {
        Path home = machine.directory().directory("redis");
        Path log = home.resolve("redis.log");
        List<String> command = redis(socket(machine.directory()));
        machine.startProgram("redis", log, command);
        if (!Poll.until(Deadlines.DAEMON, () -> answers(machine.directory()))) {
            throw new CommandFailedException("redis-server does not answer; see " + log);
        }
    }

    private static Path ownNamespace(RunDirectory directory) {
        return directory.resolve("own.netns");
    }

    private boolean answers(RunDirectory directory) {
        try (StateStore _ = Stores.open(location(directory, "probe", directory.path()))) {
            return true;
        } catch (StoreException _) {
            return false;
        }
    }

    private static Path socket(RunDirectory directory) {
        return directory.resolve("redis").resolve("redis.sock");
    }

    private static Path file(RunDirectory directory) {
        return directory.resolve("store");
    }

    private static String with(String location, String setting) {
        return location + (location.contains("?") ? "&" : "?") + setting;
    }
}
