package org.edgeplex.state.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Write;

/// Reads and writes few objects at random, with the conditions that programs use. Each keeps a few
/// calls under way.
final class HistoryMaker {
    private static final int KEYS = 3;
    private static final int UNDER_WAY_MAX = 3;

    private final StateStore store;
    private final String keys;
    private final SplittableRandom random;
    private final Map<Bytes, Long> seen = new HashMap<>();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(true);
    private int written;
    private int underWay;

    HistoryMaker(StateStore store, String keys, SplittableRandom random) {
        this.store = store;
        this.keys = keys;
        this.random = random;
    }

    void step(Incarnation life) {
        Bytes key = Bytes.utf8(keys + random.nextInt(KEYS));
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> read(key);
            case 3 -> write(new Write.Remove(EngineContract.TABLE, key, expect(key), life));
            case 4 -> {
                Bytes counter = Bytes.utf8(keys + "counter");
                last =
                        store.add(
                                EngineContract.TABLE,
                                counter,
                                random.nextInt(5),
                                EngineContract.TIMEOUT);
            }
            default -> {
                Bytes value = Bytes.utf8("v" + random.nextInt(1 << 16) + "/" + written++);
                write(new Write.Put(EngineContract.TABLE, key, value, expect(key), life));
            }
        }
        if (++underWay == UNDER_WAY_MAX) {
            EngineContract.await(last);
            underWay = 0;
        }
    }

    private void read(Bytes key) {
        Lookup lookup =
                EngineContract.await(store.get(EngineContract.TABLE, key, EngineContract.TIMEOUT));
        if (lookup instanceof Lookup.Found(_, long version)) {
            seen.put(key, version);
        } else {
            seen.remove(key);
        }
    }

    private void write(Write write) {
        last = store.write(List.of(write), EngineContract.TIMEOUT);
    }

    private Expect expect(Bytes key) {
        Long version = seen.get(key);
        return switch (random.nextInt(4)) {
            case 0 -> Expect.ABSENT;
            case 1, 2 -> version == null ? Expect.ANY : new Expect.Version(version);
            default -> Expect.ANY;
        };
    }
}
