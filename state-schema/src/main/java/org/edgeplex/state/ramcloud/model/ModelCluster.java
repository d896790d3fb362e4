package org.edgeplex.state.ramcloud.model;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.RecordReader;
import org.edgeplex.state.RecordWriter;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;

/// The servers of the model.
public final class ModelCluster {
    private final EventLoop loop;
    private final Network network;
    private final int pageMax;
    private final Map<String, Long> tableIds = new HashMap<>();
    private final Map<Long, NavigableMap<Place, Cell>> tables = new HashMap<>();
    private final List<Consumer<Written>> watchers = new ArrayList<>();
    private long lastVersion;
    private Cost cost = new Cost(0, 0, 0, 0);

    private record Cell(Bytes value, long version) {}

    /// Objects lie in the order of their keys' hashes.
    private record Place(long hash, Bytes key) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingLong((Place place) -> place.hash ^ Long.MIN_VALUE)
                        .thenComparing(Place::key);

        static Place of(Bytes key) {
            // Multiplied and folded: neighbours must not stay together.
            long mixed = key.hashCode() * 0x9e37_79b9_7f4a_7c15L;
            return new Place(mixed ^ mixed >>> 29, key);
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /// An object that a write just changed, and what it is now.
    public record Written(long tableId, Bytes key, Lookup now) {}

    /// What clients have used so far.
    ///
    /// @param requests batches: each is a round trip
    public record Cost(long requests, long objectsRead, long objectsWritten, long bytes) {
        public Cost since(Cost before) {
            return new Cost(
                    requests - before.requests,
                    objectsRead - before.objectsRead,
                    objectsWritten - before.objectsWritten,
                    bytes - before.bytes);
        }
    }

    public ModelCluster(EventLoop loop) {
        this(loop, Network.PERFECT, 100);
    }

    /// A cluster behind a network.
    ///
    /// @param loop where the servers live, and the messages on the way
    /// @param pageMax how many objects a page of an enumeration has
    public ModelCluster(EventLoop loop, Network network, int pageMax) {
        this.loop = loop;
        this.network = network;
        this.pageMax = pageMax;
    }

    /// A client whose futures are completed on this loop.
    public RamcloudClient client(EventLoop clientLoop) {
        return new ModelClient(this, clientLoop);
    }

    /// Tells the watcher of every change that is made from now on, on the cluster's loop.
    public void watch(Consumer<Written> watcher) {
        loop.execute(() -> watchers.add(watcher));
    }

    /// For the cluster's loop, or when it is at rest.
    public Cost cost() {
        return cost;
    }

    EventLoop loop() {
        return loop;
    }

    void send(Network.Kind kind, Request request, Duration timeout) {
        loop.execute(() -> {
            if (timeout.isZero() || timeout.isNegative()) {
                request.expired();
                return;
            }
            EventLoop.Timer timer = loop.schedule(timeout, request::expired);
            request.onAnswered(timer::cancel);
            cost = new Cost(cost.requests + 1, cost.objectsRead, cost.objectsWritten, cost.bytes);
            for (int i = 0; i < request.size(); i++) {
                send(request, i, network.of(kind));
            }
        });
    }

    private void send(Request request, int index, Network.Fate fate) {
        for (int copy = 0; copy < fate.arrivals().size(); copy++) {
            boolean isRepeated = copy > 0;
            boolean isAnswered = copy == fate.answered();
            after(
                    fate.arrivals().get(copy),
                    () -> {
                        Runnable answer = request.serve(index, isRepeated);
                        if (isAnswered) {
                            after(fate.reply(), answer);
                        }
                    });
        }
    }

    private void after(Duration delay, Runnable task) {
        if (delay.isZero()) {
            task.run();
        } else {
            loop.schedule(delay, task);
        }
    }

    /// What is asked for, object by object. On the cluster's loop.
    interface Request {
        int size();

        /// Does it; returns what to do when the answer arrives.
        Runnable serve(int index, boolean isRepeated);

        void onAnswered(Runnable then);

        void expired();
    }

    /// A name with a slash is refused: a coordinator that takes over would not find the table.
    long table(String name) {
        if (name.contains("/")) {
            throw new IllegalArgumentException("the next coordinator would not know " + name);
        }
        Long known = tableIds.get(name);
        if (known == null) {
            known = tableIds.size() + 1L;
            tableIds.put(name, known);
            tables.put(known, new TreeMap<>());
        }
        return known;
    }

    Optional<Long> findTable(String name) {
        return Optional.ofNullable(tableIds.get(name));
    }

    Lookup read(ObjectKey key) {
        Cell cell = rows(key.tableId()).get(Place.of(key.key()));
        int bytes = key.key().length() + (cell == null ? 0 : cell.value.length());
        cost =
                new Cost(
                        cost.requests,
                        cost.objectsRead + 1,
                        cost.objectsWritten,
                        cost.bytes + bytes);
        return cell == null ? Lookup.ABSENT : new Lookup.Found(cell.value, cell.version);
    }

    WriteOutcome write(ObjectWrite write) {
        ObjectKey key = write.key();
        NavigableMap<Place, Cell> rows = rows(key.tableId());
        Place place = Place.of(key.key());
        Cell before = rows.get(place);
        long version = before == null ? 0 : before.version;
        int bytes =
                key.key().length()
                        + (write instanceof ObjectWrite.Put put ? put.value().length() : 0);
        cost =
                new Cost(
                        cost.requests,
                        cost.objectsRead,
                        cost.objectsWritten + 1,
                        cost.bytes + bytes);
        if (!EngineRules.holds(write.expect(), version)) {
            return new WriteOutcome.Conflict(version);
        }
        return switch (write) {
            case ObjectWrite.Put(_, Bytes value, _) -> {
                Cell now = new Cell(value.compact(), ++lastVersion);
                rows.put(place, now);
                tell(new Written(key.tableId(), key.key(), new Lookup.Found(value, now.version)));
                yield new WriteOutcome.Written(now.version);
            }
            case ObjectWrite.Remove _ -> {
                if (before != null) {
                    rows.remove(place);
                    tell(new Written(key.tableId(), key.key(), Lookup.ABSENT));
                }
                yield new WriteOutcome.Written(0);
            }
        };
    }

    private void tell(Written written) {
        watchers.forEach(watcher -> watcher.accept(written));
    }

    long increment(ObjectKey key, long delta) {
        long before =
                switch (read(key)) {
                    case Lookup.Absent() -> 0;
                    case Lookup.Found(Bytes value, _) ->
                            Long.reverseBytes(new RecordReader(value).i64());
                };
        Bytes sum = new RecordWriter().i64(Long.reverseBytes(before + delta)).toBytes();
        rows(key.tableId()).put(Place.of(key.key()), new Cell(sum, ++lastVersion));
        return before + delta;
    }

    /// @param resume the hash that the page before ended with
    ScanPage enumerate(long tableId, Bytes resume) {
        NavigableMap<Place, Cell> rest = rows(tableId);
        if (!resume.isEmpty()) {
            long last = new RecordReader(resume).i64();
            // No key sorts behind one of the greatest length with the greatest octets.
            rest = rest.tailMap(new Place(last, GREATEST), false);
        }
        List<ScanPage.Entry> entries = new ArrayList<>();
        long hash = 0;
        for (Map.Entry<Place, Cell> each : rest.entrySet()) {
            if (entries.size() >= pageMax && each.getKey().hash != hash) {
                return new ScanPage(
                        entries, Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(hash).array()));
            }
            hash = each.getKey().hash;
            entries.add(
                    new ScanPage.Entry(
                            each.getKey().key, each.getValue().value, each.getValue().version));
        }
        return new ScanPage(entries, Bytes.EMPTY);
    }

    private static final Bytes GREATEST = greatest();

    private static Bytes greatest() {
        byte[] octets = new byte[1 << 10];
        Arrays.fill(octets, (byte) 0xff);
        return Bytes.wrap(octets);
    }

    private NavigableMap<Place, Cell> rows(long tableId) {
        NavigableMap<Place, Cell> rows = tables.get(tableId);
        if (rows == null) {
            throw new StoreException("there is no table with id " + tableId);
        }
        return rows;
    }
}
