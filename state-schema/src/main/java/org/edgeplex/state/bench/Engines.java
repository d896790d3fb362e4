package org.edgeplex.state.bench;

import java.util.List;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.memory.MemoryStateStore;
import org.edgeplex.state.ramcloud.RamcloudOptions;
import org.edgeplex.state.ramcloud.wire.RawRamcloud;
import org.edgeplex.state.ramcloud.wire.WireClient;
import org.edgeplex.state.redis.RawRedis;

/// The engines that can be measured on this machine.
final class Engines {
    static final List<String> NAMES = List.of("lmdb", "redis", "ramcloud", "memory");

    private static final String RAMCLOUD = "EDGEPLEX_RAMCLOUD";

    /// In the cluster's tables, which stay there: each bench uses the same again.
    private static final String RAMCLOUD_NAMESPACE = "edgeplex-bench";

    private static final List<Operation> ALIKE = List.of(Operation.GET, Operation.PUT);

    private Engines() {}

    /// Fails with [StoreException], which says what is missing.
    static List<Engine> named(String name, Workplace workplace) {
        return switch (name) {
            case "lmdb" -> List.of(lmdb(workplace));
            case "redis" -> redis(workplace);
            case "ramcloud" -> List.of(ramcloud());
            case "memory" -> {
                StateStore store = new MemoryStateStore();
                yield List.of(
                        new Engine("memory", () -> store, new Objects(), List.of(), List.of(), ""));
            }
            default ->
                    throw new StoreException(
                            "unknown engine \"%s\"; there are: %s"
                                    .formatted(name, String.join(", ", NAMES)));
        };
    }

    private static Engine lmdb(Workplace workplace) {
        String location = "lmdb:" + workplace.directory("lmdb") + "?mapSizeMb=1024";
        Engine.Opener opener = () -> Stores.open(location);
        try {
            return new Engine(
                    "lmdb",
                    opener,
                    new Objects(),
                    List.of(new LmdbTwin(workplace)),
                    List.of(new Pair("lmdb", "lmdb_c", "c", ALIKE)),
                    "");
        } catch (StoreException e) {
            return new Engine(
                    "lmdb",
                    opener,
                    new Objects(),
                    List.of(),
                    List.of(),
                    "lmdb without its c: " + e.getMessage());
        }
    }

    private static List<Engine> redis(Workplace workplace) {
        RedisServer server = RedisServer.start(workplace);
        return List.of(redis("redis_unix", server.unix()), redis("redis_tcp", server.tcp()));
    }

    /// Both use the same objects: others lie elsewhere in the server's memory, and what it needs
    /// for a batch of reads differs by a fifth.
    private static Engine redis(String name, String server) {
        String location = server + "?namespace=" + name;
        Objects objects = new Objects();
        return new Engine(
                name,
                () -> Stores.open(location),
                objects,
                List.of(new RawRedisSubject(name + "_raw", RawRedis.open(location), objects)),
                List.of(new Pair(name, name + "_raw", "raw", ALIKE)),
                "");
    }

    private static Engine ramcloud() {
        String locator = System.getenv(RAMCLOUD);
        if (locator == null || locator.isEmpty()) {
            throw new StoreException(
                    RAMCLOUD + " names no cluster: set it to tcp:host=H,port=P or zk:H:P");
        }
        String location = "ramcloud:" + locator + "?namespace=" + RAMCLOUD_NAMESPACE;
        RamcloudOptions options = RamcloudOptions.parse(location);
        Subject raw = new RawRamcloudSubject(RawRamcloud.open(options, "raw"));
        return new Engine(
                "ramcloud",
                () -> Stores.open(location),
                new Objects(),
                List.of(new RamcloudClientSubject(WireClient.open(options), options), raw),
                List.of(
                        new Pair("ramcloud", "ramcloud_raw", "raw", ALIKE),
                        new Pair("ramcloud_client", "ramcloud_raw", "raw", ALIKE),
                        new Pair(
                                "ramcloud",
                                "ramcloud_client",
                                "object_write",
                                List.of(Operation.PUT))),
                "");
    }
}
