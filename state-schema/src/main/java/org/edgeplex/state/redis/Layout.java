package org.edgeplex.state.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.LazyList;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.RecordReader;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;

/// Where things are in the server, and the commands that name them. See the package's description.
final class Layout {
    static final String FORMAT = "edgeplex-state 1";

    private static final int TABLE_BYTES = 2;
    private static final int WRITERS_MAX = 255;
    private static final byte[] GET = encoded("*2\r\n$3\r\nGET\r\n");
    private static final byte[] MGET = encoded("$4\r\nMGET\r\n");
    private static final byte[] XRANGE = encoded("*6\r\n$6\r\nXRANGE\r\n");

    private final byte[] prefix;
    private final byte[] objects;
    private final byte[] session;
    private final byte[] counter;
    private final byte[] log;
    private final int changesKept;

    Layout(String namespace, String client, int changesKept) {
        String tag = "{edgeplex:" + namespace + '}';
        this.prefix = encoded(tag);
        this.objects = encoded(tag + ":o");
        this.session = encoded(tag + ":c:" + client);
        this.counter = encoded(tag + ":seq");
        this.log = encoded(tag + ":log");
        this.changesKept = changesKept;
    }

    private static byte[] encoded(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void get(RespWriter out, TableId table, Bytes key) {
        out.raw(GET);
        object(out, table, key);
    }

    void getAll(RespWriter out, TableId table, List<Bytes> keys) {
        out.array(1 + keys.size()).raw(MGET);
        for (Bytes key : keys) {
            object(out, table, key);
        }
    }

    private void object(RespWriter out, TableId table, Bytes key) {
        out.string(objects.length + TABLE_BYTES + key.length())
                .raw(objects)
                .u16(table.number())
                .bytes(key)
                .endString();
    }

    static Lookup lookup(Reply reply) {
        return switch (reply) {
            case Reply.Null() -> Lookup.ABSENT;
            case Reply.Text(Bytes stored) -> {
                checkStored(stored.length());
                yield new Lookup.Found(value(stored), version(stored));
            }
            case Reply.Failure failure -> throw Errors.of(failure);
            default -> throw Errors.unexpected(reply);
        };
    }

    static List<Lookup> lookups(Reply reply, int count) {
        if (reply instanceof Reply.Texts texts && texts.count() == count) {
            return lookups(texts);
        }
        List<Reply> items = items(reply);
        if (items.size() != count) {
            throw Errors.unexpected(reply);
        }
        List<Lookup> lookups = new ArrayList<>(count);
        for (Reply item : items) {
            lookups.add(lookup(item));
        }
        return lookups;
    }

    /// Where they arrived: an object for each is made when it is looked at.
    private static List<Lookup> lookups(Reply.Texts texts) {
        for (int i = 0; i < texts.count(); i++) {
            if (!texts.isNull(i)) {
                checkStored(texts.length(i));
            }
        }
        return new LazyList<>(
                texts.count(),
                i ->
                        texts.isNull(i)
                                ? Lookup.ABSENT
                                : new Lookup.Found(texts.bytes(i, Long.BYTES), texts.i64(i)));
    }

    private static void checkStored(int length) {
        if (length < Long.BYTES) {
            throw new StoreException(
                    ("an object has %d octets, too few for its version: another program writes to"
                                    + " the store's keys")
                            .formatted(length));
        }
    }

    private static Bytes value(Bytes stored) {
        return stored.slice(Long.BYTES, stored.length() - Long.BYTES);
    }

    private static long version(Bytes stored) {
        return new RecordReader(stored).i64();
    }

    static List<Reply> items(Reply reply) {
        return switch (reply) {
            case Reply.Items(List<Reply> items) -> items;
            case Reply.Texts texts -> texts.items();
            case Reply.Failure failure -> throw Errors.of(failure);
            default -> throw Errors.unexpected(reply);
        };
    }

    static Bytes text(Reply reply) {
        return switch (reply) {
            case Reply.Text(Bytes text) -> text;
            case Reply.Failure failure -> throw Errors.of(failure);
            default -> throw Errors.unexpected(reply);
        };
    }

    /// The call of `write.lua` for these segments.
    void write(
            RespWriter out,
            boolean whole,
            String generation,
            long number,
            List<Sent.Segment> segments,
            int count) {
        Map<Incarnation, Integer> writers = new LinkedHashMap<>();
        for (Sent.Segment segment : segments) {
            for (int i = segment.from(); i < segment.to(); i++) {
                Incarnation writer = segment.call().writes.get(i).writer();
                if (writer.isFenced()) {
                    writers.putIfAbsent(writer, writers.size() + 1);
                }
            }
        }
        if (writers.size() > WRITERS_MAX) {
            throw new IllegalStateException("a batch has at most 128 writes");
        }
        Script.WRITE.call(out, whole, 2, 4 + 2 * writers.size() + 3 * count);
        out.bulk(prefix).bulk(session);
        out.bulk(generation).bulk(number).bulk(changesKept).bulk(writers.size());
        for (Incarnation writer : writers.keySet()) {
            out.bulk(writer.holder());
            out.string(Long.BYTES).i64(writer.epoch()).endString();
        }
        for (Sent.Segment segment : segments) {
            for (int i = segment.from(); i < segment.to(); i++) {
                Write write = segment.call().writes.get(i);
                item(out, write, segment.call().adds, writers.getOrDefault(write.writer(), 0));
            }
        }
    }

    private static void item(RespWriter out, Write write, boolean adds, int writer) {
        char operation = write instanceof Write.Remove ? 'R' : adds ? 'A' : 'P';
        switch (write.expect()) {
            case Expect.Any() -> out.string(3).octet(operation).octet('*').octet(writer);
            case Expect.Absent() -> out.string(3).octet(operation).octet('0').octet(writer);
            case Expect.Version(long version) ->
                    out.string(3 + Long.BYTES)
                            .octet(operation)
                            .octet('=')
                            .octet(writer)
                            .i64(version);
        }
        out.endString();
        out.string(TABLE_BYTES + write.key().length())
                .u16(write.table().number())
                .bytes(write.key())
                .endString();
        out.bulk(write instanceof Write.Put put ? put.value() : Bytes.EMPTY);
    }

    void register(RespWriter out, String runId, boolean create, long leftOut, long keptSeconds) {
        Script.REGISTER.call(out, true, 2, 5);
        out.bulk(prefix).bulk(session);
        out.bulk(FORMAT).bulk(runId).bulk(create ? 1 : 0).bulk(leftOut).bulk(keptSeconds);
    }

    void renew(RespWriter out, long keptSeconds) {
        out.array(3).bulk("EXPIRE").bulk(session).bulk(keptSeconds);
    }

    void scan(
            RespWriter out,
            boolean whole,
            TableId table,
            Bytes prefixOfKeys,
            Bytes resume,
            int limit,
            int bytesMax) {
        Script.SCAN.call(out, whole, 1, 5).bulk(prefix);
        out.string(TABLE_BYTES).u16(table.number()).endString();
        boolean exclusive = resume.length() > 0 && resume.compareTo(prefixOfKeys) >= 0;
        Bytes from = exclusive ? resume : prefixOfKeys;
        if (from.isEmpty()) {
            out.bulk("-");
        } else {
            out.string(1 + from.length()).octet(exclusive ? '(' : '[').bytes(from).endString();
        }
        Bytes behind = behind(prefixOfKeys);
        if (behind.isEmpty()) {
            out.bulk("+");
        } else {
            out.string(1 + behind.length()).octet('(').bytes(behind).endString();
        }
        out.bulk(limit).bulk(bytesMax);
    }

    /// The least bytes that are greater than all that start with the prefix; empty: there are none.
    static Bytes behind(Bytes prefix) {
        byte[] bytes = prefix.toArray();
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == (byte) 0xff) {
            length--;
        }
        if (length == 0) {
            return Bytes.EMPTY;
        }
        bytes[length - 1]++;
        return Bytes.wrap(bytes, 0, length);
    }

    static ScanPage page(Reply reply) {
        List<Reply> items = items(reply);
        if (items.size() < 2 || items.size() % 2 != 0) {
            throw Errors.unexpected(reply);
        }
        List<ScanPage.Entry> entries = new ArrayList<>(items.size() / 2 - 1);
        for (int i = 2; i < items.size(); i += 2) {
            Bytes stored = text(items.get(i + 1));
            checkStored(stored.length());
            entries.add(new ScanPage.Entry(text(items.get(i)), value(stored), version(stored)));
        }
        boolean more = text(items.getFirst()).equals(Bytes.utf8("more"));
        return new ScanPage(entries, more ? text(items.get(1)) : Bytes.EMPTY);
    }

    void lastSequence(RespWriter out) {
        out.raw(GET).bulk(counter);
    }

    static long sequence(Reply reply) {
        if (reply instanceof Reply.Null) {
            throw new StoreException("the store is not there any more: its keys were deleted");
        }
        return number(text(reply), '\0');
    }

    /// Entries of the log behind this change.
    void changesAfter(RespWriter out, long sequence, int entries) {
        out.raw(XRANGE).bulk(log).bulk(Long.toString(sequence + 1)).bulk("+");
        out.bulk("COUNT").bulk(entries);
    }

    /// Changes in order.
    ///
    /// @param last the number of the last one
    /// @param hasGap whether some before them, or in between, are not there any more
    record LogPart(List<Change> changes, long last, boolean hasGap) {}

    /// The part of the log that follows the change of this number.
    static LogPart changes(Reply reply, long after) {
        List<Change> changes = new ArrayList<>();
        long sequence = after;
        for (Reply entry : items(reply)) {
            List<Reply> idAndFields = items(entry);
            List<Reply> fields = idAndFields.size() == 2 ? items(idAndFields.get(1)) : List.of();
            if (fields.size() != 2) {
                throw Errors.unexpected(reply);
            }
            long last = number(text(idAndFields.getFirst()), '-');
            int before = changes.size();
            unpack(text(fields.get(1)), changes);
            if (last - (changes.size() - before) != sequence) {
                return new LogPart(List.of(), sequence, true);
            }
            sequence = last;
        }
        return new LogPart(changes, sequence, false);
    }

    private static void unpack(Bytes packed, List<Change> into) {
        RecordReader entry = new RecordReader(packed);
        while (entry.remaining() > 0) {
            RecordReader change = new RecordReader(entry.bytes());
            TableId table = Tables.numbered(change.u16());
            into.add(new Change(table, change.raw(change.remaining())));
        }
    }

    private static long number(Bytes text, char end) {
        long number = 0;
        for (int i = 0; i < text.length() && text.at(i) != end; i++) {
            int digit = text.at(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new StoreException("not a number of a change: " + text);
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
