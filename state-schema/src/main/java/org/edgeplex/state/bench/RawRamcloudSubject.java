package org.edgeplex.state.bench;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.wire.RawRamcloud;

/// The requests of RAMCloud's client by hand: READ and WRITE, and MULTI_OP of each.
final class RawRamcloudSubject implements Subject {
    private static final int FILL_BATCH = 100;

    private final RawRamcloud raw;
    private final Objects objects = new Objects();

    RawRamcloudSubject(RawRamcloud raw) {
        this.raw = raw;
        for (int from = 0; from < Objects.COUNT; from += FILL_BATCH) {
            writeAll(from, FILL_BATCH, true);
        }
    }

    @Override
    public String name() {
        return "ramcloud_raw";
    }

    @Override
    public Histogram run(Operation operation, int batch, long nanos) {
        raw.renewLease();
        if (operation == Operation.PUT) {
            return batch == 1
                    ? Calls.timed(() -> write(objects.anywhere()), nanos)
                    : Calls.timed(() -> writeAll(objects.anywhere(), batch, false), nanos);
        }
        return batch == 1
                ? Calls.timed(() -> objects.check(raw.read(key(objects.anywhere()))), nanos)
                : Calls.timed(() -> readAll(objects.anywhere(), batch), nanos);
    }

    private void readAll(int from, int count) {
        Lookup[] lookups = new Lookup[count];
        if (raw.readAll(keys(from, count), lookups) < count) {
            throw new IllegalStateException("not all objects were in one answer");
        }
        for (Lookup lookup : lookups) {
            objects.check(lookup);
        }
    }

    private void write(int position) {
        Expect expect = objects.expected(position);
        objects.written(position, raw.write(key(position), objects.value(), expect));
    }

    private void writeAll(int from, int count, boolean any) {
        List<Expect> expects = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            expects.add(any ? Expect.ANY : objects.expected(from + i));
        }
        long[] versions = new long[count];
        raw.writeAll(keys(from, count), objects.value(), expects, versions);
        for (int i = 0; i < count; i++) {
            objects.written(from + i, versions[i]);
        }
    }

    private List<ObjectKey> keys(int from, int count) {
        List<ObjectKey> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(key(from + i));
        }
        return keys;
    }

    private ObjectKey key(int position) {
        return new ObjectKey(raw.tableId(), objects.key(position));
    }

    @Override
    public void close() {
        raw.close();
    }
}
