package org.edgeplex.state.rehearsal;

import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.SystemEventLoop;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Life;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateFeed;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.ramcloud.RamcloudEngineOptions;
import org.edgeplex.state.ramcloud.RamcloudStateStore;
import org.edgeplex.state.ramcloud.model.ModelCluster;
import org.edgeplex.state.record.Reservation;

/// The main class of a recorded run: `[STORE...] -- MAIN-CLASS [ARGUMENT...]`.
///
/// The stores are used as programs use theirs; RAMCloud's engine on its model, since a cluster is
/// nothing that a build has, and of its transports the classes are loaded. Then the program runs.
public final class Rehearsal {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int ROUNDS = 20;
    private static final String ENGINES = "org/edgeplex/state/";
    private static final String CLASS = ".class";

    private Rehearsal() {}

    public static void main(String[] args) throws Throwable {
        int end = Arrays.asList(args).indexOf("--");
        if (end < 0 || end + 1 >= args.length) {
            throw new IllegalArgumentException("wanted: [STORE...] -- MAIN-CLASS [ARGUMENT...]");
        }
        for (String location : Arrays.copyOfRange(args, 0, end)) {
            try (StateStore store = Stores.open(location)) {
                use(store);
            }
        }
        useModel();
        loadEngines();
        MethodHandle program =
                MethodHandles.lookup()
                        .findStatic(
                                Class.forName(args[end + 1]),
                                "main",
                                MethodType.methodType(void.class, String[].class));
        program.invokeExact(Arrays.copyOfRange(args, end + 2, args.length));
    }

    private static void useModel() throws InterruptedException {
        try (SystemEventLoop loop = new SystemEventLoop("model");
                StateStore store =
                        RamcloudStateStore.open(
                                new ModelCluster(loop).client(loop),
                                RamcloudEngineOptions.of("rehearsal"))) {
            use(store);
        }
    }

    /// A life, its writes, and somebody who follows them.
    static void use(StateStore store) throws InterruptedException {
        State state = new State(store, TIMEOUT);
        StateFeed feed = state.feed(Tables.RESERVATIONS);
        try (Life life = Life.begin(state, "rehearsal", "rehearsal", _ -> {})) {
            StateWriter writer = life.writer();
            for (int i = 0; i < ROUNDS; i++) {
                String key = "rehearsal/" + i;
                writer.put(Tables.RESERVATIONS, key, new Reservation("rehearsal"));
                feed.poll(NOBODY);
                state.get(Tables.RESERVATIONS, key);
                state.getAll(Tables.RESERVATIONS, List.of(key), State.OnDamage.FAIL);
                state.scan(Tables.RESERVATIONS, Bytes.EMPTY, State.OnDamage.FAIL);
                writer.remove(Tables.RESERVATIONS, key);
            }
            // Some heartbeats.
            Thread.sleep(Life.HEARTBEAT_INTERVAL.multipliedBy(3));
        }
    }

    /// Classes that no rehearsal comes by are loaded at least.
    private static void loadEngines() throws IOException, ClassNotFoundException {
        String first = Stores.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        if (!new File(first).isFile()) {
            return;
        }
        try (JarFile jar = new JarFile(Path.of(first).toFile())) {
            for (String name : jar.stream().map(entry -> entry.getName()).toList()) {
                if (isOfAnEngine(name)) {
                    String type = name.substring(0, name.length() - CLASS.length());
                    Class.forName(type.replace('/', '.'), false, Rehearsal.class.getClassLoader());
                }
            }
        }
    }

    private static boolean isOfAnEngine(String entry) {
        return entry.endsWith(CLASS)
                && (entry.startsWith(ENGINES + "redis/")
                        || entry.startsWith(ENGINES + "ramcloud/wire/")
                        || entry.matches(ENGINES + "ramcloud/[^/]*"));
    }

    private static final StateFeed.Listener NOBODY =
            new StateFeed.Listener() {
                @Override
                public <K, V> void present(Table<K, V> table, Stored<K, V> record) {}

                @Override
                public <K, V> void absent(Table<K, V> table, K key) {}
            };
}
