package org.edgeplex.state.bench;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.Write;
import org.edgeplex.state.redis.RawRedis;

/// A Redis server in the engine's layout, without the store's interface.
final class RawRedisSubject implements Subject {
    private static final int FILL_BATCH = 100;

    private final String name;
    private final RawRedis raw;
    private final Objects objects = new Objects();

    RawRedisSubject(String name, RawRedis raw) {
        this.name = name;
        this.raw = raw;
        for (int from = 0; from < Objects.COUNT; from += FILL_BATCH) {
            write(from, FILL_BATCH, true);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Histogram run(Operation operation, int batch, long nanos) {
        if (operation == Operation.PUT) {
            return Calls.timed(() -> write(objects.anywhere(), batch, false), nanos);
        }
        return batch == 1
                ? Calls.timed(() -> get(objects.anywhere()), nanos)
                : Calls.timed(() -> getAll(objects.anywhere(), batch), nanos);
    }

    private void get(int position) {
        objects.check(raw.get(Objects.TABLE, objects.key(position)));
    }

    private void getAll(int from, int count) {
        for (Lookup lookup : raw.getAll(Objects.TABLE, objects.keys(from, count))) {
            objects.check(lookup);
        }
    }

    private void write(int from, int count, boolean any) {
        List<Write> writes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            writes.add(
                    new Write.Put(
                            Objects.TABLE,
                            objects.key(from + i),
                            objects.value(),
                            any ? Expect.ANY : objects.expected(from + i),
                            Incarnation.UNFENCED));
        }
        long[] versions = new long[count];
        raw.write(writes, versions);
        for (int i = 0; i < count; i++) {
            objects.written(from + i, versions[i]);
        }
    }

    @Override
    public void close() {
        raw.close();
    }
}
