package org.edgeplex.state.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.memory.MemoryStateStore;

/// The engines that can be measured on this machine.
final class Engines {
    static final List<String> NAMES = List.of("lmdb", "memory");

    private Engines() {}

    /// Fails with [StoreException], which says what is missing.
    static List<Engine> named(String name, Workplace workplace) {
        return switch (name) {
            case "lmdb" -> List.of(lmdb(workplace));
            case "memory" -> {
                StateStore store = new MemoryStateStore();
                yield List.of(new Engine("memory", () -> store, Optional.empty(), "", ""));
            }
            default ->
                    throw new StoreException(
                            "unknown engine \"%s\"; there are: %s"
                                    .formatted(name, String.join(", ", NAMES)));
        };
    }

    private static Engine lmdb(Workplace workplace) {
        String location = "lmdb:" + workplace.directory("lmdb") + "?mapSizeMb=1024";
        return withBase("lmdb", () -> Stores.open(location), () -> new LmdbTwin(workplace), "c");
    }

    private static Engine withBase(
            String name, Engine.Opener opener, Supplier<Subject> base, String baseName) {
        try {
            return new Engine(name, opener, Optional.of(base.get()), baseName, "");
        } catch (StoreException e) {
            return new Engine(
                    name, opener, Optional.empty(), baseName, String.valueOf(e.getMessage()));
        }
    }
}
