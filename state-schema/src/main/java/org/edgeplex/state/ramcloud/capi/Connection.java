package org.edgeplex.state.ramcloud.capi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.ClusterFailures;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;
import org.edgeplex.state.ramcloud.Status;

/// One client of the library, and what is done with it: by its worker alone.
final class Connection implements AutoCloseable {
    private final RamcloudLibrary library;
    private final long client;
    private final int serverSpan;
    private final Batch batch;
    private final Enumerations enumerations;

    /// Where single operations put a version, an id or a sum.
    private final MemorySegment result;

    /// @param client the library's, closed with this
    Connection(
            RamcloudLibrary library, long client, int serverSpan, AtomicLong places, Arena arena) {
        this.library = library;
        this.client = client;
        this.serverSpan = serverSpan;
        batch = new Batch(library, arena);
        enumerations = new Enumerations(library, client, places, arena);
        result = arena.allocate(JAVA_LONG);
    }

    /// Does parts that are all reads, or one other.
    void perform(List<Part> parts) {
        switch (parts.getFirst().call()) {
            case SoloCall<?> call -> call.perform(this);
            case ReadCall _ -> read(parts);
            case WriteCall call -> write(call, parts.getFirst().from());
        }
    }

    /// The id of the table of this name.
    ///
    /// @param create the table, if there is none
    Optional<Long> table(String name, boolean create) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(name);
            int status = library.getTableId(client, text, result.address());
            if (status == Status.TABLE_DOESNT_EXIST) {
                if (!create) {
                    return Optional.empty();
                }
                status = library.createTable(client, text, serverSpan);
                if (status == Status.OK) {
                    status = library.getTableId(client, text, result.address());
                }
            }
            if (status != Status.OK) {
                throw new StoreException(
                        "RAMCloud gives no table \"%s\": %s".formatted(name, Status.name(status)));
            }
            return Optional.of(result.get(JAVA_LONG, 0));
        }
    }

    long increment(ObjectKey key, long delta) {
        batch.clear(0);
        int status =
                library.increment(
                        client,
                        key.tableId(),
                        batch.put(key.key()),
                        key.key().length(),
                        delta,
                        result.address());
        if (status == Status.INVALID_OBJECT) {
            throw new StoreException(
                    "the object %s of table %d is no counter".formatted(key.key(), key.tableId()));
        }
        if (status != Status.OK) {
            throw ClusterFailures.refused("increment", key.tableId(), status);
        }
        return result.get(JAVA_LONG, 0);
    }

    /// The next page of a scan. Its keys are the library's; their values are read anew, with the
    /// versions that the library does not tell. What was removed meanwhile is left out.
    ScanPage enumerate(long tableId, Bytes resume) {
        Enumerations.Keys keys = enumerations.next(tableId, resume);
        List<Answer> answers = answers(keys.keys());
        List<ScanPage.Entry> entries = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i);
            switch (answer.status()) {
                case Status.OK ->
                        entries.add(
                                new ScanPage.Entry(
                                        keys.keys().get(i).key(),
                                        answer.value(),
                                        answer.version()));
                case Status.OBJECT_DOESNT_EXIST -> {}
                default -> throw ClusterFailures.refused("scan", tableId, answer.status());
            }
        }
        return new ScanPage(entries, keys.resume());
    }

    @Override
    public void close() {
        enumerations.close();
        library.disconnect(client);
    }

    private void read(List<Part> parts) {
        List<ObjectKey> keys = new ArrayList<>();
        for (Part part : parts) {
            ReadCall call = (ReadCall) part.call();
            for (int i = part.from(); i < part.to(); i++) {
                keys.add(call.key(i));
            }
        }
        List<Answer> answers = answers(keys);
        int at = 0;
        for (Part part : parts) {
            ReadCall call = (ReadCall) part.call();
            for (int i = part.from(); i < part.to(); i++) {
                call.answer(i, answers.get(at++));
            }
        }
    }

    /// Reads objects, as many as a batch may have. Their values are parts of one array, save those
    /// that are too long for their share of the memory.
    private List<Answer> answers(List<ObjectKey> keys) {
        if (keys.size() <= 1) {
            return keys.stream().map(this::answer).toList();
        }
        batch.clear(keys.size());
        keys.forEach(batch::addRead);
        batch.read(client);
        int bytes = 0;
        for (int i = 0; i < keys.size(); i++) {
            bytes += isHere(i) ? batch.valueLength(i) : 0;
        }
        byte[] values = new byte[bytes];
        List<Answer> answers = new ArrayList<>(keys.size());
        List<Integer> left = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i < keys.size(); i++) {
            int status = batch.status(i);
            Bytes value = Bytes.EMPTY;
            if (isHere(i)) {
                batch.copyValue(i, values, offset);
                value = Bytes.wrap(values, offset, batch.valueLength(i));
                offset += value.length();
            } else if (status == Status.OK || status == Status.UNDERWAY) {
                left.add(i);
            }
            answers.add(new Answer(status, value, batch.version(i)));
        }
        left.forEach(i -> answers.set(i, answer(keys.get(i))));
        return answers;
    }

    /// What a batch lacks that the library gave up is read by itself: it has no version.
    private boolean isHere(int index) {
        return batch.status(index) == Status.OK
                && batch.version(index) != 0
                && batch.isWhole(index);
    }

    private Answer answer(ObjectKey key) {
        batch.clear(1);
        int status =
                library.read(
                        client,
                        key.tableId(),
                        batch.put(key.key()),
                        key.key().length(),
                        result.address(),
                        batch.value(0),
                        batch.slotBytes(),
                        batch.length(0));
        if (status != Status.OK) {
            return new Answer(status, Bytes.EMPTY, 0);
        }
        if (!batch.isWhole(0)) {
            return new Answer(Status.REQUEST_TOO_LARGE, Bytes.EMPTY, 0);
        }
        byte[] value = new byte[batch.valueLength(0)];
        batch.copyValue(0, value, 0);
        return new Answer(Status.OK, Bytes.wrap(value), result.get(JAVA_LONG, 0));
    }

    /// Exactly once, also if the library has to repeat it.
    private void write(WriteCall call, int index) {
        ObjectWrite write = call.write(index);
        ObjectKey key = write.key();
        batch.clear(0);
        long keyAddress = batch.put(key.key());
        long rules = batch.rules(write.expect());
        result.set(JAVA_LONG, 0, 0);
        int status =
                switch (write) {
                    case ObjectWrite.Put put ->
                            library.write(
                                    client,
                                    key.tableId(),
                                    keyAddress,
                                    key.key().length(),
                                    batch.put(put.value()),
                                    put.value().length(),
                                    rules,
                                    result.address());
                    case ObjectWrite.Remove _ ->
                            library.remove(
                                    client,
                                    key.tableId(),
                                    keyAddress,
                                    key.key().length(),
                                    rules,
                                    result.address());
                };
        call.answer(index, status, result.get(JAVA_LONG, 0));
    }
}
