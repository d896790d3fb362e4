package org.edgeplex.state.dump;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;

/// The lines of a dump, see the package. The pieces of a line are the ones named here and no
/// others: what a later version adds, it adds under a higher version number.
sealed interface DumpLine {
    String KIND = "state dump";
    int VERSION = 1;

    /// The longest: an object with key and value as long as they may be.
    int BYTES_MAX = 2 * (StateStore.KEY_BYTES_MAX + StateStore.VALUE_BYTES_MAX) + 256;

    ObjectMapper JSON =
            new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /// The first line.
    ///
    /// @param tables numbers and names of those that may follow
    record Head(SequencedMap<Integer, String> tables) implements DumpLine {}

    record Item(TableId table, Bytes key, Bytes value) implements DumpLine {}

    /// The last line.
    ///
    /// @param tables numbers and counts of those that had objects
    /// @param sha256 of all lines before, with their line ends
    record End(long records, SequencedMap<Integer, Long> tables, String hash, String sha256)
            implements DumpLine {}

    static byte[] encode(DumpLine line) {
        ObjectNode node = JSON.createObjectNode();
        switch (line) {
            case Head head -> {
                node.put("edgeplex", KIND).put("version", VERSION);
                ObjectNode tables = node.putObject("tables");
                head.tables.forEach((number, name) -> tables.put(number.toString(), name));
            }
            case Item item ->
                    node.put("table", item.table.number())
                            .put("key", item.key.toString())
                            .put("value", item.value.toString());
            case End end -> {
                ObjectNode body = node.putObject("end").put("records", end.records);
                ObjectNode tables = body.putObject("tables");
                end.tables.forEach((number, count) -> tables.put(number.toString(), count));
                body.put("hash", end.hash).put("sha256", end.sha256);
            }
        }
        return (node + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Fails with [DamagedDumpException], which does not know the line's number.
    static DumpLine decode(byte[] line, int length) {
        JsonNode node;
        try {
            node = JSON.readTree(line, 0, length);
        } catch (JsonProcessingException e) {
            throw new DamagedDumpException("not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new DamagedDumpException("not text: " + e.getMessage(), e);
        }
        if (node instanceof ObjectNode object) {
            if (object.has("edgeplex")) {
                return head(object);
            }
            return object.has("end") ? end(object) : item(object);
        }
        throw new DamagedDumpException("no JSON object");
    }

    private static Head head(ObjectNode node) {
        if (!text(node, "edgeplex").equals(KIND)) {
            throw new DamagedDumpException("not a dump of the state");
        }
        long version = number(node, "version");
        if (version != VERSION) {
            throw new DamagedDumpException(
                    "format version %d; this release reads %d: use the one that wrote it"
                            .formatted(version, VERSION));
        }
        SequencedMap<Integer, String> tables = new TreeMap<>();
        for (var field : object(node, "tables").properties()) {
            if (!field.getValue().isTextual()) {
                throw new DamagedDumpException("a table without a name");
            }
            tables.put(table(field.getKey()).number(), field.getValue().textValue());
        }
        return new Head(tables);
    }

    private static Item item(ObjectNode node) {
        if (node.size() != 3) {
            throw new DamagedDumpException("neither an object nor the end");
        }
        Bytes key = bytes(node, "key");
        Bytes value = bytes(node, "value");
        if (key.isEmpty()
                || key.length() > StateStore.KEY_BYTES_MAX
                || value.length() > StateStore.VALUE_BYTES_MAX) {
            throw new DamagedDumpException("an object that no store takes");
        }
        return new Item(table(Long.toString(number(node, "table"))), key, value);
    }

    private static End end(ObjectNode node) {
        ObjectNode body = object(node, "end");
        SequencedMap<Integer, Long> tables = new TreeMap<>();
        ObjectNode counts = object(body, "tables");
        for (String name : (Iterable<String>) counts::fieldNames) {
            tables.put(table(name).number(), number(counts, name));
        }
        return new End(number(body, "records"), tables, text(body, "hash"), text(body, "sha256"));
    }

    private static ObjectNode object(ObjectNode node, String name) {
        if (node.get(name) instanceof ObjectNode object) {
            return object;
        }
        throw new DamagedDumpException("without \"" + name + '"');
    }

    private static String text(ObjectNode node, String name) {
        JsonNode field = node.path(name);
        if (!field.isTextual()) {
            throw new DamagedDumpException("without \"" + name + '"');
        }
        return field.textValue();
    }

    private static long number(ObjectNode node, String name) {
        JsonNode field = node.path(name);
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            throw new DamagedDumpException("without \"" + name + '"');
        }
        return field.longValue();
    }

    private static Bytes bytes(ObjectNode node, String name) {
        try {
            return Bytes.wrap(HexFormat.of().parseHex(text(node, name)));
        } catch (IllegalArgumentException e) {
            throw new DamagedDumpException(name + " not in hexadecimal", e);
        }
    }

    private static TableId table(String number) {
        try {
            return Tables.numbered(Integer.parseInt(number));
        } catch (IllegalArgumentException e) {
            throw new DamagedDumpException("no table number: " + number, e);
        }
    }
}
