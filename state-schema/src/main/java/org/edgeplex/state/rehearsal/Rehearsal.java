package org.edgeplex.state.rehearsal;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.SystemEventLoop;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Leases;
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
/// nothing that a build has. Then the program runs.
public final class Rehearsal {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int ROUNDS = 20;
    private static final String CLASS = ".class";

    /// What programs use when they have a peer or a cluster. No more than that: each class in the
    /// cache costs time at every start, needed or not.
    private static final Pattern WITH_OTHERS =
            Pattern.compile("org/edgeplex/(bgp|cvm|ldp|pvm|state/ramcloud/wire)/.*\\.class");

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
        loadWithOthers();
        MethodHandle program =
                MethodHandles.lookup()
                        .findStatic(
                                Class.forName(args[end + 1]),
                                "main",
                                MethodType.methodType(void.class, String[].class));
        program.invokeExact(Arrays.copyOfRange(args, end + 2, args.length));
    }

    private static void useModel() {
        try (SystemEventLoop loop = new SystemEventLoop("model");
                StateStore store =
                        RamcloudStateStore.open(
                                new ModelCluster(loop).client(loop),
                                RamcloudEngineOptions.of("rehearsal"))) {
            use(store);
        }
    }

    /// A holder of a lease, its writes, and somebody who follows them.
    private static void use(StateStore store) {
        State state = new State(store, TIMEOUT);
        Leases leases = new Leases(state);
        Incarnation incarnation = leases.claim("rehearsal", "rehearsal");
        StateWriter writer = state.as(incarnation);
        StateFeed feed = state.feed(Tables.RESERVATIONS);
        for (int i = 0; i < ROUNDS; i++) {
            String key = "rehearsal/" + i;
            leases.heartbeat(incarnation);
            writer.put(Tables.RESERVATIONS, key, new Reservation("rehearsal"));
            feed.poll(NOBODY);
            state.get(Tables.RESERVATIONS, key);
            state.getAll(Tables.RESERVATIONS, List.of(key), State.OnDamage.FAIL);
            state.scan(Tables.RESERVATIONS, Bytes.EMPTY, State.OnDamage.FAIL);
            writer.remove(Tables.RESERVATIONS, key);
        }
    }

    /// Where there is nobody to talk to, what that takes is read and verified at least.
    private static void loadWithOthers() throws IOException {
        Path own = codeSource();
        if (!Files.isRegularFile(own)) {
            return;
        }
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(own.resolveSibling(""), "*.jar")) {
            for (Path jar : jars) {
                loadWithOthers(jar);
            }
        }
    }

    private static Path codeSource() {
        URL location = Rehearsal.class.getProtectionDomain().getCodeSource().getLocation();
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("our own jar is at " + location, e);
        }
    }

    private static void loadWithOthers(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> WITH_OTHERS.matcher(name).matches())
                    .map(name -> name.substring(0, name.length() - CLASS.length()))
                    .forEach(name -> load(name.replace('/', '.')));
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, Rehearsal.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError _) {
            // Another program's, which is not on this one's class path.
        }
    }

    private static final StateFeed.Listener NOBODY =
            new StateFeed.Listener() {
                @Override
                public <K, V> void present(Table<K, V> table, Stored<K, V> record) {}

                @Override
                public <K, V> void absent(Table<K, V> table, K key) {}
            };
}
