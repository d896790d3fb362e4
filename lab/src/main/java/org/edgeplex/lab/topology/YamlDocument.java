package org.edgeplex.lab.topology;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;

/// A YAML file as a tree, with the line of each value by its JSON pointer (RFC 6901).
///
/// Bounded: [#CODE_POINTS_MAX] of text, [#DEPTH_MAX] of nesting; aliases are not expanded.
final class YamlDocument {
    static final int CODE_POINTS_MAX = 1 << 20;
    static final int DEPTH_MAX = 32;

    private final Path file;
    private final JsonNode root;
    private final Map<String, Integer> lines;

    private YamlDocument(Path file, JsonNode root, Map<String, Integer> lines) {
        this.file = file;
        this.root = root;
        this.lines = lines;
    }

    static YamlDocument parse(Path file, String text) throws TopologyException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(CODE_POINTS_MAX);
        options.setNestingDepthLimit(DEPTH_MAX);
        YAMLFactory factory = YAMLFactory.builder().loaderOptions(options).build();
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                throw failure(file, 1, "the file is empty");
            }
            return new YamlDocument(file, new Builder(file, parser, lines).value("", 0), lines);
        } catch (IOException e) {
            throw failure(file, lineOf(e), firstLine(e));
        }
    }

    JsonNode root() {
        return root;
    }

    Problem problem(String pointer, String message) {
        return new Problem(file, line(pointer), message);
    }

    /// The line of the value at the pointer, or of the nearest value around it.
    int line(String pointer) {
        String at = pointer;
        while (!at.isEmpty() && !lines.containsKey(at)) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 1);
    }

    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static int lineOf(IOException e) {
        return e instanceof com.fasterxml.jackson.core.JsonProcessingException json
                        && json.getLocation() != null
                ? Math.max(1, json.getLocation().getLineNr())
                : 1;
    }

    private static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        return "not YAML: " + message.lines().findFirst().orElse("unreadable");
    }

    private static TopologyException failure(Path file, int line, String message) {
        return new TopologyException(List.of(new Problem(file, line, message)));
    }

    /// Builds the tree from the parser's events; a key's line is the line of its value.
    private record Builder(Path file, JsonParser parser, Map<String, Integer> lines) {

        JsonNode value(String pointer, int depth) throws IOException, TopologyException {
            lines.putIfAbsent(pointer, location().getLineNr());
            if (depth > DEPTH_MAX) {
                throw failure(file, location().getLineNr(), "nested too deep");
            }
            return switch (parser.currentToken()) {
                case START_OBJECT -> object(pointer, depth);
                case START_ARRAY -> array(pointer, depth);
                case VALUE_NUMBER_INT ->
                        JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue());
                case VALUE_NUMBER_FLOAT ->
                        JsonNodeFactory.instance.numberNode(parser.getDoubleValue());
                case VALUE_TRUE -> JsonNodeFactory.instance.booleanNode(true);
                case VALUE_FALSE -> JsonNodeFactory.instance.booleanNode(false);
                case VALUE_NULL -> JsonNodeFactory.instance.nullNode();
                default -> JsonNodeFactory.instance.textNode(parser.getText());
            };
        }

        private ObjectNode object(String pointer, int depth) throws IOException, TopologyException {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                String child = pointer + "/" + escape(name);
                lines.putIfAbsent(child, location().getLineNr());
                parser.nextToken();
                if (object.has(name)) {
                    throw failure(file, location().getLineNr(), "\"" + name + "\" is given twice");
                }
                object.set(name, value(child, depth + 1));
            }
            return object;
        }

        private ArrayNode array(String pointer, int depth) throws IOException, TopologyException {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(pointer + "/" + array.size(), depth + 1));
            }
            return array;
        }

        private JsonLocation location() {
            return parser.currentTokenLocation();
        }
    }
}
