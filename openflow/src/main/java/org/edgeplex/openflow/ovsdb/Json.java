package org.edgeplex.openflow.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The notation of RFC 7047, section 5.1, and the operations of section 5.2 that we use.
///
/// A set of one element may be written as the element: readers here take both.
final class Json {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Json() {}

    static ObjectNode object() {
        return JSON.objectNode();
    }

    static ArrayNode array(String... elements) {
        ArrayNode array = JSON.arrayNode();
        for (String element : elements) {
            array.add(element);
        }
        return array;
    }

    static ArrayNode set(Collection<? extends JsonNode> elements) {
        ArrayNode items = JSON.arrayNode();
        items.addAll(elements);
        return array("set").add(items);
    }

    static ArrayNode stringSet(Collection<String> elements) {
        return set(elements.stream().map(JSON::textNode).toList());
    }

    static ArrayNode map(Map<String, String> entries) {
        ArrayNode pairs = JSON.arrayNode();
        entries.forEach((key, value) -> pairs.add(array(key, value)));
        return array("map").add(pairs);
    }

    static ArrayNode uuid(String uuid) {
        return array("uuid", uuid);
    }

    static ArrayNode namedUuid(String name) {
        return array("named-uuid", name);
    }

    static ArrayNode where(String column, String function, JsonNode value) {
        return JSON.arrayNode().add(array(column, function).add(value));
    }

    static ArrayNode named(String name) {
        return where("name", "==", JSON.textNode(name));
    }

    static ArrayNode everywhere() {
        return JSON.arrayNode();
    }

    static ObjectNode select(String table, ArrayNode where, String... columns) {
        return operation("select", table, where).set("columns", array(columns));
    }

    static ObjectNode insert(String table, String uuidName, ObjectNode row) {
        ObjectNode insert = object().put("op", "insert").put("table", table);
        insert.put("uuid-name", uuidName).set("row", row);
        return insert;
    }

    static ObjectNode update(String table, ArrayNode where, ObjectNode row) {
        return operation("update", table, where).set("row", row);
    }

    static ObjectNode mutate(String table, ArrayNode where, ArrayNode... mutations) {
        ArrayNode all = JSON.arrayNode();
        for (ArrayNode mutation : mutations) {
            all.add(mutation);
        }
        return operation("mutate", table, where).set("mutations", all);
    }

    static ArrayNode mutation(String column, String mutator, JsonNode value) {
        return array(column, mutator).add(value);
    }

    private static ObjectNode operation(String op, String table, ArrayNode where) {
        ObjectNode operation = object().put("op", op).put("table", table);
        operation.set("where", where);
        return operation;
    }

    /// The rows of a select; none if the server sent something else.
    static List<JsonNode> rows(JsonNode result) {
        List<JsonNode> rows = new ArrayList<>();
        result.path("rows").forEach(rows::add);
        return rows;
    }

    /// The elements of a set, or the one element that stands for it.
    static List<JsonNode> elements(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.path(0).asText().equals("set")) {
            return List.of(value);
        }
        List<JsonNode> elements = new ArrayList<>();
        value.path(1).forEach(elements::add);
        return elements;
    }

    static List<String> strings(JsonNode value) {
        return elements(value).stream().map(JsonNode::asText).toList();
    }

    static List<String> uuids(JsonNode value) {
        return elements(value).stream().map(element -> element.path(1).asText()).toList();
    }

    static Map<String, String> entries(JsonNode value) {
        Map<String, String> entries = new TreeMap<>();
        value.path(1).forEach(pair -> entries.put(pair.path(0).asText(), pair.path(1).asText()));
        return entries;
    }
}
