package org.edgeplex.controller.intent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/// Reads the fields of one JSON object and notes every problem by its JSON pointer.
///
/// A value is there unless a problem was noted: callers read all fields, [#refuseProblems], and
/// then unwrap.
final class JsonFields {
    private static final int TEXT_LENGTH_MAX = 255;

    private final JsonNode object;
    private final String pointer;
    private final List<FieldProblem> problems;
    private final Set<String> known = new HashSet<>();

    private JsonFields(JsonNode object, String pointer, List<FieldProblem> problems) {
        this.object = object;
        this.pointer = pointer;
        this.problems = problems;
    }

    static JsonFields of(JsonNode document) {
        if (!document.isObject()) {
            throw RefusedException.of(
                    RefusedException.Reason.INVALID, "", "the body must be a JSON object");
        }
        return new JsonFields(document, "", new ArrayList<>());
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /// Fields that callers may send back as they got them, without effect.
    void ignore(String name) {
        known.add(name);
    }

    Optional<String> text(String name) {
        return required(name).flatMap(node -> text(node, pointer + '/' + name));
    }

    <T> Optional<T> parsed(String name, Function<String, T> parse) {
        return text(name).flatMap(text -> parse(text, pointer + '/' + name, parse));
    }

    <T> Optional<List<T>> list(String name, int sizeMax, Function<String, T> parse) {
        return items(name, sizeMax)
                .map(items -> {
                    List<T> values = new ArrayList<>();
                    for (int i = 0; i < items.size(); i++) {
                        String where = pointer + '/' + name + '/' + i;
                        text(items.get(i), where)
                                .flatMap(text -> parse(text, where, parse))
                                .ifPresent(value -> {
                                    if (values.contains(value)) {
                                        problem(where, "is in the list twice: " + value);
                                    }
                                    values.add(value);
                                });
                    }
                    return values;
                });
    }

    OptionalInt integer(String name, int min, int max) {
        Optional<JsonNode> node = required(name);
        return node.isPresent() ? integer(node.get(), name, min, max) : OptionalInt.empty();
    }

    OptionalInt integer(String name, int min, int max, int fallback) {
        known.add(name);
        JsonNode node = object.get(name);
        return node == null ? OptionalInt.of(fallback) : integer(node, name, min, max);
    }

    Optional<Long> unsigned32(String name) {
        return required(name)
                .flatMap(node -> {
                    if (!node.isIntegralNumber()
                            || !node.canConvertToLong()
                            || node.longValue() < 0
                            || node.longValue() > 0xffff_ffffL) {
                        problem(name(name), "must be a whole number from 0 to 4294967295");
                        return Optional.empty();
                    }
                    return Optional.of(node.longValue());
                });
    }

    Optional<JsonFields> object(String name) {
        return required(name).flatMap(node -> object(node, name(name)));
    }

    Optional<List<JsonFields>> objects(String name, int sizeMax) {
        return items(name, sizeMax)
                .map(items -> {
                    List<JsonFields> objects = new ArrayList<>();
                    for (int i = 0; i < items.size(); i++) {
                        object(items.get(i), name(name) + '/' + i).ifPresent(objects::add);
                    }
                    return objects;
                });
    }

    void problem(String where, String detail) {
        problems.add(new FieldProblem(where, detail));
    }

    /// The pointer of one of this object's fields.
    String name(String name) {
        return pointer + '/' + name.replace("~", "~0").replace("/", "~1");
    }

    String pointer() {
        return pointer;
    }

    /// To be called when all fields of this object have been asked for.
    void refuseUnknown() {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!known.contains(field.getKey())) {
                problem(name(field.getKey()), "is not a field that is known here");
            }
        }
    }

    void refuseProblems() {
        if (!problems.isEmpty()) {
            throw new RefusedException(RefusedException.Reason.INVALID, problems);
        }
    }

    private Optional<JsonNode> required(String name) {
        known.add(name);
        JsonNode node = object.get(name);
        if (node == null || node.isNull()) {
            problem(name(name), "is required");
            return Optional.empty();
        }
        return Optional.of(node);
    }

    private Optional<JsonNode> items(String name, int sizeMax) {
        return required(name)
                .filter(node -> {
                    boolean fits = node.isArray() && node.size() <= sizeMax;
                    if (!fits) {
                        problem(name(name), "must be a list of at most " + sizeMax);
                    }
                    return fits;
                });
    }

    private Optional<JsonFields> object(JsonNode node, String where) {
        if (!node.isObject()) {
            problem(where, "must be an object");
            return Optional.empty();
        }
        return Optional.of(new JsonFields(node, where, problems));
    }

    private Optional<String> text(JsonNode node, String where) {
        if (!node.isTextual() || node.textValue().length() > TEXT_LENGTH_MAX) {
            problem(where, "must be a text of at most " + TEXT_LENGTH_MAX + " characters");
            return Optional.empty();
        }
        return Optional.of(node.textValue());
    }

    private OptionalInt integer(JsonNode node, String name, int min, int max) {
        if (!node.isIntegralNumber()
                || !node.canConvertToInt()
                || node.intValue() < min
                || node.intValue() > max) {
            problem(name(name), "must be a whole number from " + min + " to " + max);
            return OptionalInt.empty();
        }
        return OptionalInt.of(node.intValue());
    }

    private <T> Optional<T> parse(String text, String where, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            problem(where, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
