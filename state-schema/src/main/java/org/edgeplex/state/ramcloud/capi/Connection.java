package org.edgeplex.state.ramcloud.capi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectWrite;

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

    /// Does parts that are all of one kind.
    void perform(List<Part> parts) {
        switch (parts.getFirst().call()) {
            case SoloCall<?> call -> call.perform(this);
            case ReadCall _ -> read(parts);
            case WriteCall _ -> write(parts);
        }
    }

    /// The id of the table of this name, which is made if there is none.
    long table(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(name);
            int status = library.getTableId(client, text, result.address());
            if (status == Status.TABLE_DOESNT_EXIST) {
                status = library.createTable(client, text, serverSpan);
                if (status == Status.OK) {
                    status = library.getTableId(client, text, result.address());
                }
            }
            if (status != Status.OK) {
                throw new StoreException(
                        "RAMCloud gives no table \"%s\": %s".formatted(name, Status.name(status)));
            }
            return result.get(JAVA_LONG, 0);
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
            throw Failures.refused("increment", key.tableId(), status);
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
                default -> throw Failures.refused("scan", tableId, answer.status());
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
        batch.run(MultiOp.READ, client);
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
            } else if (status == Status.OK) {
                left.add(i);
            }
            answers.add(new Answer(status, value, batch.version(i)));
        }
        left.forEach(i -> answers.set(i, answer(keys.get(i))));
        return answers;
    }

    /// A batch that the library gave up has no versions: its objects are read one by one.
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

    /// Writes and removals are different requests; no two of the parts' keys are the same.
    private void write(List<Part> parts) {
        List<Item> puts = new ArrayList<>();
        List<Item> removals = new ArrayList<>();
        for (Part part : parts) {
            WriteCall call = (WriteCall) part.call();
            for (int i = part.from(); i < part.to(); i++) {
                List<Item> kind = call.write(i) instanceof ObjectWrite.Put ? puts : removals;
                kind.add(new Item(call, i));
            }
        }
        write(puts, MultiOp.WRITE);
        write(removals, MultiOp.REMOVE);
    }

    private void write(List<Item> items, MultiOp kind) {
        batch.clear(0);
        if (items.size() == 1) {
            writeOne(items.getFirst());
            return;
        }
        for (Item item : items) {
            switch (item.write()) {
                case ObjectWrite.Put put -> batch.addWrite(put);
                case ObjectWrite.Remove remove -> batch.addRemove(remove);
            }
        }
        batch.run(kind, client);
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            item.call.answer(item.index, batch.status(i), batch.version(i));
        }
    }

    private void writeOne(Item item) {
        ObjectKey key = item.write().key();
        long keyAddress = batch.put(key.key());
        long rules = batch.rules(item.write().expect());
        result.set(JAVA_LONG, 0, 0);
        int status =
                switch (item.write()) {
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
        item.call.answer(item.index, status, result.get(JAVA_LONG, 0));
    }

    /// One operation of a call.
    private record Item(WriteCall call, int index) {
        ObjectWrite write() {
            return call.write(index);
        }
    }
}
