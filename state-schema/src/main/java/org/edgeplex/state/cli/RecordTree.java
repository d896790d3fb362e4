package org.edgeplex.state.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Table;

/// Any record as a JSON tree: network values as their text, bytes in hexadecimal, and the cases of
/// a sealed type told apart by `kind`.
final class RecordTree {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NETWORK_VALUES = MplsLabel.class.getPackageName();

    private RecordTree() {}

    static JsonNode of(Object value) {
        return switch (value) {
            case String text -> JSON.textNode(text);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Boolean truth -> JSON.booleanNode(truth);
            case Enum<?> constant -> JSON.textNode(constant.name());
            case Bytes bytes -> JSON.textNode(bytes.toString());
            case List<?> items -> {
                ArrayNode array = JSON.arrayNode();
                items.forEach(item -> array.add(of(item)));
                yield array;
            }
            case Record network when isNetworkValue(network.getClass()) ->
                    JSON.textNode(network.toString());
            case Record composed -> ofComponents(composed);
            default -> throw new IllegalStateException("cannot print a " + value.getClass());
        };
    }

    static boolean isNetworkValue(Class<?> type) {
        return type.getPackageName().equals(NETWORK_VALUES);
    }

    /// A line of JSON for a program.
    static String line(Table<?, ?> table, String key, long version, JsonNode record) {
        ObjectNode line = JSON.objectNode();
        line.put("table", table.id().name()).put("key", key).put("version", version);
        line.set("record", record);
        return line.toString();
    }

    static ObjectNode object(JsonNode record) {
        return record instanceof ObjectNode object
                ? object
                : JSON.objectNode().set("value", record);
    }

    /// For a person: texts without quotes.
    static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    static Object component(Object composed, RecordComponent component) {
        try {
            return component.getAccessor().invoke(composed);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("records are public", e);
        }
    }

    private static ObjectNode ofComponents(Record composed) {
        Class<?> type = composed.getClass();
        ObjectNode object = JSON.objectNode();
        for (Class<?> general : type.getInterfaces()) {
            if (general.isSealed()) {
                object.put("kind", type.getSimpleName());
            }
        }
        for (RecordComponent component : type.getRecordComponents()) {
            object.set(component.getName(), of(component(composed, component)));
        }
        return object;
    }
}
