package org.edgeplex.state.bench;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.Write;
import org.edgeplex.state.redis.RawRedis;

/// An engine's objects in its Redis server, without the store's interface.
final class RawRedisSubject implements Subject {
    private final String name;
    private final RawRedis raw;
    private final Objects objects;

    /// @param objects which the engine writes first
    RawRedisSubject(String name, RawRedis raw, Objects objects) {
        this.name = name;
        this.raw = raw;
        this.objects = objects;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Histogram run(Operation operation, int batch, long nanos) {
        if (operation == Operation.PUT) {
            return Calls.timed(() -> write(objects.anywhere(), batch), nanos);
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

    private void write(int from, int count) {
        List<Write> writes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            writes.add(
                    new Write.Put(
                            Objects.TABLE,
                            objects.key(from + i),
                            objects.value(),
                            objects.expected(from + i),
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
