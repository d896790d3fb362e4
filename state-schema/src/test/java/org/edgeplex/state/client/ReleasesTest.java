package org.edgeplex.state.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.edgeplex.state.AccessMode;
import org.edgeplex.state.Expiry;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.KeyCodec;
import org.edgeplex.state.RecordCodec;
import org.edgeplex.state.RecordReader;
import org.edgeplex.state.RecordWriter;
import org.edgeplex.state.Table;
import org.edgeplex.state.TableId;
import org.edgeplex.state.memory.MemoryStateStore;
import org.junit.jupiter.api.Test;

/// Programs of two releases on one table: the second has added a field.
class ReleasesTest {
    private record First(String name, int count) {}

    private record Second(String name, int count, String color) {}

    private static final String DEFAULT_COLOR = "grey";

    private static final Table<Integer, First> OLD =
            table(
                    RecordCodec.of(
                            (out, first) -> out.text(first.name).i32(first.count),
                            in -> new First(in.text(), in.i32())));

    private static final Table<Integer, Second> NEW =
            table(
                    RecordCodec.of(
                            2,
                            (out, second) ->
                                    out.text(second.name).i32(second.count).text(second.color),
                            (in, version) ->
                                    new Second(
                                            in.text(),
                                            in.i32(),
                                            version < 2 ? DEFAULT_COLOR : in.text())));

    private final State state = new State(new MemoryStateStore(), Duration.ofSeconds(10));
    private final StateWriter writer = state.as(Incarnation.UNFENCED);

    private static <V> Table<Integer, V> table(RecordCodec<V> records) {
        return new Table<>(
                new TableId(1_000, "releases"),
                KeyCodec.of(RecordWriter::i32, RecordReader::i32),
                records,
                "this test",
                true,
                AccessMode.SYNC,
                Expiry.NEVER);
    }

    @Test
    void theOldReadsTheNewAndKeepsWhatItDoesNotKnow() {
        writer.put(NEW, 1, new Second("a longer name", 1, "red"));
        Stored<Integer, First> seen = state.get(OLD, 1).orElseThrow();
        assertEquals(new First("a longer name", 1), seen.value());
        assertTrue(writer.replace(OLD, seen, new First("name", 2)));
        assertEquals(new Second("name", 2, "red"), state.get(NEW, 1).orElseThrow().value());
    }

    @Test
    void whatIsKeptIsKeptThroughAScanToo() {
        writer.put(NEW, 1, new Second("name", 1, "red"));
        Stored<Integer, First> seen = state.scan(OLD).getFirst();
        assertTrue(writer.replace(OLD, seen, new First("", 2)));
        assertEquals(new Second("", 2, "red"), state.get(NEW, 1).orElseThrow().value());
    }

    @Test
    void theNewReadsTheOldWithItsStatedDefault() {
        writer.put(OLD, 1, new First("name", 1));
        Stored<Integer, Second> seen = state.get(NEW, 1).orElseThrow();
        assertEquals(new Second("name", 1, DEFAULT_COLOR), seen.value());
        assertTrue(writer.replace(NEW, seen, new Second("name", 1, "blue")));
        assertEquals(new First("name", 1), state.get(OLD, 1).orElseThrow().value());
        assertEquals("blue", state.get(NEW, 1).orElseThrow().value().color());
    }

    @Test
    void whoWritesWithoutReadingStatesAllOfTheRecord() {
        writer.put(NEW, 1, new Second("name", 1, "red"));
        writer.put(OLD, 1, new First("name", 2));
        assertEquals(new Second("name", 2, DEFAULT_COLOR), state.get(NEW, 1).orElseThrow().value());
    }
}
