package org.edgeplex.state.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.edgeplex.state.ramcloud.RamcloudOptions;

/// RAMCloud's client without the engine: objects that are written as such, with no log of changes
/// and no fence.
final class RamcloudClientSubject implements Subject {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int FILL_BATCH = 100;

    private final RamcloudClient client;
    private final Objects objects = new Objects();
    private final long table;

    RamcloudClientSubject(RamcloudClient client, RamcloudOptions options) {
        this.client = client;
        this.table = client.table(options.namespace() + "/client", TIMEOUT).join();
        for (int from = 0; from < Objects.COUNT; from += FILL_BATCH) {
            write(from, FILL_BATCH, true);
        }
    }

    @Override
    public String name() {
        return "ramcloud_client";
    }

    @Override
    public Histogram run(Operation operation, int batch, long nanos) {
        return operation == Operation.PUT
                ? Calls.timed(() -> write(objects.anywhere(), batch, false), nanos)
                : Calls.timed(() -> read(objects.anywhere(), batch), nanos);
    }

    private void read(int from, int count) {
        List<ObjectKey> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(key(from + i));
        }
        for (Lookup lookup : client.read(keys, TIMEOUT).join()) {
            objects.check(lookup);
        }
    }

    private void write(int from, int count, boolean any) {
        List<ObjectWrite> writes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Expect expect = any ? Expect.ANY : objects.expected(from + i);
            writes.add(new ObjectWrite.Put(key(from + i), objects.value(), expect));
        }
        List<WriteOutcome> outcomes = client.write(writes, TIMEOUT).join();
        for (int i = 0; i < count; i++) {
            objects.written(from + i, outcomes.get(i));
        }
    }

    private ObjectKey key(int position) {
        return new ObjectKey(table, objects.key(position));
    }

    @Override
    public void close() {
        client.close();
    }
}
