package org.edgeplex.state.ramcloud;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.edgeplex.state.turn.Awaited;
import org.jspecify.annotations.Nullable;

/// The cluster as the engine sees it: its tables by number, answers on the engine's loop.
final class Cluster {
    private static final int TRIES_MAX = 100;
    private static final Bytes DIRECTORY = Bytes.utf8("logs");
    private static final Bytes UPKEEP = Bytes.utf8("upkeep");
    private static final Bytes SESSIONS = Bytes.utf8("sessions");

    private final RamcloudClient client;
    private final EventLoop loop;
    private final RamcloudEngineOptions options;
    private final long logTable;
    private final long directoryTable;
    private final Map<Integer, Long> tables = new ConcurrentHashMap<>();

    /// Of the loop: what is asked for in this turn of it, and what will be the answer.
    private List<ObjectKey> asked = new ArrayList<>();

    private CompletableFuture<List<Lookup>> answer = new CompletableFuture<>();

    /// @param version of the object that holds it
    record SeenDirectory(LogDirectory directory, long version) {}

    private Cluster(
            RamcloudClient client,
            EventLoop loop,
            RamcloudEngineOptions options,
            long logTable,
            long directoryTable) {
        this.client = client;
        this.loop = loop;
        this.options = options;
        this.logTable = logTable;
        this.directoryTable = directoryTable;
    }

    static CompletableFuture<Cluster> open(
            RamcloudClient client, EventLoop loop, RamcloudEngineOptions options) {
        Duration timeout = options.tableTimeout();
        CompletableFuture<Long> log = client.table(tableName(options, "log"), timeout);
        CompletableFuture<Long> directory = client.table(directoryTable(options), timeout);
        CompletableFuture<Map<Integer, Long>> known = catalogue(client, options);
        return log.thenCombine(
                        directory,
                        (logs, logsOf) -> new Cluster(client, loop, options, logs, logsOf))
                .thenCombine(
                        known,
                        (cluster, tables) -> {
                            cluster.tables.putAll(tables);
                            return cluster;
                        });
    }

    /// The tables of the catalogue that there are, asked for at once: or a program would wait for
    /// the coordinator again and again while it starts. What is not found is looked for, and made,
    /// when it is used.
    private static CompletableFuture<Map<Integer, Long>> catalogue(
            RamcloudClient client, RamcloudEngineOptions options) {
        CompletableFuture<Map<Integer, Long>> all =
                CompletableFuture.completedFuture(new HashMap<>());
        for (Table<?, ?> table : Tables.all()) {
            int number = table.id().number();
            CompletableFuture<Optional<Long>> one =
                    client.findTable(tableName(options, number), options.tableTimeout());
            all =
                    all.thenCombine(
                            one.exceptionally(_ -> Optional.empty()),
                            (known, found) -> {
                                found.ifPresent(id -> known.put(number, id));
                                return known;
                            });
        }
        return all;
    }

    /// Fails if nobody has opened the store before.
    static CompletableFuture<Boolean> check(RamcloudClient client, RamcloudEngineOptions options) {
        return client.findTable(directoryTable(options), options.tableTimeout())
                .thenApply(directory -> {
                    if (directory.isEmpty()) {
                        throw new StoreException(
                                "there is no store in namespace %s of the cluster: start the"
                                                .formatted(options.namespace())
                                        + " platform once, or name the right namespace");
                    }
                    return true;
                });
    }

    private static String directoryTable(RamcloudEngineOptions options) {
        return tableName(options, "directory");
    }

    private static String tableName(RamcloudEngineOptions options, int number) {
        return tableName(options, Integer.toString(number));
    }

    /// Without a slash: in ZooKeeper that makes a node below a node, where a coordinator that takes
    /// over does not look. It would know nothing of the table, and give its number to another.
    private static String tableName(RamcloudEngineOptions options, String name) {
        return options.namespace() + "." + name;
    }

    RamcloudEngineOptions options() {
        return options;
    }

    EventLoop loop() {
        return loop;
    }

    RamcloudClient client() {
        return client;
    }

    /// Completes when [#key] knows all of these tables.
    CompletableFuture<Boolean> resolve(Collection<Integer> numbers) {
        List<CompletableFuture<Boolean>> unknown = new ArrayList<>();
        for (int number : numbers) {
            if (!tables.containsKey(number)) {
                unknown.add(resolve(number, options.tableTimeout()).thenApply(_ -> true));
            }
        }
        CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
        for (CompletableFuture<Boolean> one : unknown) {
            all = all.thenCombine(one, (_, _) -> true);
        }
        return unknown.isEmpty() ? all : onLoop(all);
    }

    /// The id of a table that was resolved before.
    @Nullable Long known(int number) {
        return tables.get(number);
    }

    CompletableFuture<Long> resolve(int number, Duration timeout) {
        Long known = known(number);
        return known != null
                ? CompletableFuture.completedFuture(known)
                : client.table(tableName(options, number), timeout)
                        .thenApply(id -> {
                            tables.put(number, id);
                            return id;
                        });
    }

    /// An object of a table that was resolved before.
    ObjectKey key(int table, Bytes key) {
        Long id = tables.get(table);
        if (id == null) {
            throw new IllegalStateException("table " + table + " was not resolved");
        }
        return new ObjectKey(id, key);
    }

    ObjectKey slotKey(int log, int slot) {
        byte[] key = new byte[2 * Integer.BYTES];
        ByteBuffer.wrap(key).putInt(log).putInt(slot);
        return new ObjectKey(logTable, Bytes.wrap(key));
    }

    ObjectKey directoryKey() {
        return new ObjectKey(directoryTable, DIRECTORY);
    }

    /// What the program writes that frees the cluster of old things, at each of its turns.
    ObjectKey upkeepKey() {
        return new ObjectKey(directoryTable, UPKEEP);
    }

    /// What is read in one turn of the loop, by whomever, is one request: those who look for the
    /// ends of all logs wait for it together.
    CompletableFuture<List<Lookup>> read(List<ObjectKey> keys) {
        if (keys.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        if (asked.isEmpty()) {
            loop.execute(this::sendReads);
        }
        int from = asked.size();
        asked.addAll(keys);
        int to = asked.size();
        return answer.thenApply(lookups -> lookups.subList(from, to));
    }

    private void sendReads() {
        List<ObjectKey> keys = asked;
        CompletableFuture<List<Lookup>> result = answer;
        asked = new ArrayList<>();
        answer = new CompletableFuture<>();
        Failures.pass(onLoop(client.read(keys, options.attemptTimeout())), result);
    }

    CompletableFuture<List<WriteOutcome>> write(List<ObjectWrite> writes) {
        return writes.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : onLoop(client.write(writes, options.attemptTimeout()));
    }

    CompletableFuture<WriteOutcome> write(ObjectWrite write) {
        return write(List.of(write)).thenApply(List::getFirst);
    }

    /// The objects that these operations change, in their order, of resolved tables.
    CompletableFuture<List<StoredObject>> objects(List<LogEntry.Op> ops) {
        List<ObjectKey> keys = new ArrayList<>(ops.size());
        for (LogEntry.Op op : ops) {
            keys.add(key(op.table(), op.key()));
        }
        return read(keys)
                .thenApply(lookups -> {
                    List<StoredObject> objects = new ArrayList<>(ops.size());
                    for (int i = 0; i < ops.size(); i++) {
                        LogEntry.Op op = ops.get(i);
                        objects.add(
                                StoredObject.of(
                                        Integer.toString(op.table()), op.key(), lookups.get(i)));
                    }
                    return objects;
                });
    }

    /// A page of a resolved table, tombstones and headers included.
    CompletableFuture<ScanPage> enumerate(int table, Bytes resume) {
        return onLoop(
                client.enumerate(
                        key(table, Bytes.EMPTY).tableId(), resume, options.attemptTimeout()));
    }

    /// A number that no session had before.
    CompletableFuture<Long> newSession() {
        return onLoop(
                client.increment(
                        new ObjectKey(directoryTable, SESSIONS), 1, options.attemptTimeout()));
    }

    /// The directory of logs, which is made if there is none.
    CompletableFuture<SeenDirectory> directory() {
        return directory(TRIES_MAX);
    }

    private CompletableFuture<SeenDirectory> directory(int tries) {
        return read(List.of(directoryKey()))
                .thenCompose(found ->
                        switch (found.getFirst()) {
                            case Lookup.Found(Bytes value, long version) ->
                                    CompletableFuture.completedFuture(
                                            new SeenDirectory(LogDirectory.decode(value), version));
                            case Lookup.Absent() ->
                                    written(new LogDirectory(options.logSlots(), List.of()), 0)
                                            .thenCompose(_ -> again(tries, this::directory));
                        });
    }

    /// The log of this name, which is made if there is none.
    CompletableFuture<LogSlots> log(Bytes name) {
        return log(name, TRIES_MAX);
    }

    private CompletableFuture<LogSlots> log(Bytes name, int tries) {
        return directory()
                .thenCompose(seen -> {
                    int number = seen.directory.numberOf(name);
                    if (number != 0) {
                        return CompletableFuture.completedFuture(slots(seen.directory, number));
                    }
                    LogDirectory more = seen.directory.with(name);
                    return written(more, seen.version)
                            .thenCompose(outcome ->
                                    outcome instanceof WriteOutcome.Written
                                            ? CompletableFuture.completedFuture(
                                                    slots(more, more.numberOf(name)))
                                            : again(tries, left -> log(name, left)));
                });
    }

    private LogSlots slots(LogDirectory directory, int number) {
        return new LogSlots(this, number, directory.slots());
    }

    /// Takes a log from who has it, after its use was ended.
    ///
    /// @param start behind the entry that ended it
    CompletableFuture<Boolean> freeLog(Bytes name, int number, long start) {
        return freeLog(name, number, start, TRIES_MAX);
    }

    private CompletableFuture<Boolean> freeLog(Bytes name, int number, long start, int tries) {
        return directory()
                .thenCompose(seen -> {
                    LogDirectory.Log log = seen.directory.log(number);
                    // If it is this name's again, then in a later use.
                    return log.isOf(name) && log.start() < start
                            ? written(seen.directory.without(number, start), seen.version)
                                    .thenCompose(_ ->
                                            again(
                                                    tries,
                                                    left -> freeLog(name, number, start, left)))
                            : CompletableFuture.completedFuture(true);
                });
    }

    private CompletableFuture<WriteOutcome> written(LogDirectory directory, long version) {
        Expect expect = version == 0 ? Expect.ABSENT : new Expect.Version(version);
        return write(new ObjectWrite.Put(directoryKey(), directory.encode(), expect));
    }

    private static <T> CompletableFuture<T> again(
            int tries, IntFunction<CompletableFuture<T>> step) {
        return tries > 1
                ? step.apply(tries - 1)
                : CompletableFuture.failedFuture(
                        new StoreException("the directory of logs: tried in vain: " + TRIES_MAX));
    }

    /// The same answer, on the loop: what hangs on it runs there.
    private <T> CompletableFuture<T> onLoop(CompletableFuture<T> answer) {
        CompletableFuture<T> there = new CompletableFuture<>();
        Awaited.byNobody(answer);
        var _ =
                answer.whenComplete((value, failure) ->
                        loop.execute(() -> {
                            if (failure == null) {
                                there.complete(value);
                            } else {
                                there.completeExceptionally(Failures.cause(failure));
                            }
                        }));
        return there;
    }

    /// Completes after the delay, on the loop.
    CompletableFuture<Boolean> pause(Duration delay) {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        loop.schedule(delay, () -> over.complete(true));
        return over;
    }
}
