package org.edgeplex.state.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.WriteOutcome;

/// What all subjects hold and what is asked of them: routes of a VRF, about as large as real ones.
/// `lmdb_twin.c` has the same.
final class Objects {
    static final int COUNT = 10_000;
    static final int KEY_BYTES = 16;
    static final int VALUE_BYTES = 100;
    static final TableId TABLE = Tables.VRF_ROUTES.id();

    private static final int SEED = 1;

    private final List<Bytes> keys = new ArrayList<>(2 * COUNT);
    private final Bytes value = Bytes.wrap(new byte[VALUE_BYTES]);

    /// What was written last, by position; both positions of a key have the same.
    private final long[] versions = new long[COUNT];

    private final SplittableRandom random = new SplittableRandom(SEED);

    Objects() {
        for (int i = 0; i < COUNT; i++) {
            keys.add(Bytes.utf8(String.format(Locale.ROOT, "route-%010d", i)));
        }
        Collections.shuffle(keys, new Random(SEED));
        // A second time, so that every position begins a batch.
        keys.addAll(List.copyOf(keys));
    }

    /// Where a batch begins, anywhere: its keys differ and lie far from each other.
    int anywhere() {
        return random.nextInt(COUNT);
    }

    Bytes key(int position) {
        return keys.get(position);
    }

    List<Bytes> keys(int from, int count) {
        return keys.subList(from, from + count);
    }

    Bytes value() {
        return value;
    }

    /// That nobody has written since.
    Expect expected(int position) {
        return new Expect.Version(versions[position % COUNT]);
    }

    void written(int position, long version) {
        versions[position % COUNT] = version;
    }

    void written(int position, WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.Written(long version)) {
            written(position, version);
        } else {
            throw new IllegalStateException("a write of the only writer: " + outcome);
        }
    }

    void check(Lookup lookup) {
        if (!(lookup instanceof Lookup.Found(Bytes found, _)) || found.length() != VALUE_BYTES) {
            throw new IllegalStateException("an object is not what was written: " + lookup);
        }
    }
}
