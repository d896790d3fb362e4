package org.edgeplex.telemetry.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.edgeplex.telemetry.CountersSource;
import org.edgeplex.telemetry.DataplaneReport;
import org.edgeplex.telemetry.DataplaneView;

/// Reads what [DataplaneJson] wrote, elsewhere and maybe in another release: what it does not know
/// is passed over, what is missing or of another kind is an error and never 0.
public final class DataplaneJsonReader {
    private DataplaneJsonReader() {}

    /// The reports of an array.
    ///
    /// @throws IllegalArgumentException that says what is not as it should be
    public static List<DataplaneReport> read(JsonNode array) {
        if (!array.isArray()) {
            throw new IllegalArgumentException("no array of data planes");
        }
        List<DataplaneReport> reports = new ArrayList<>();
        array.forEach(each -> reports.add(report(each)));
        return reports;
    }

    private static DataplaneReport report(JsonNode json) {
        int attachment = small(field(json, "attachment"), "attachment");
        String name = text(json, "name");
        String file = text(json, "file");
        if (!json.has("traffic")) {
            return new DataplaneReport.Silent(
                    attachment, name, file, text(json, DataplaneJson.REASON));
        }
        CountersSource source =
                new CountersSource(
                        attachment,
                        name,
                        number(json, "pid"),
                        instant(json, "started"),
                        number(json, "incarnation"));
        boolean isLive = truth(json, "live");
        JsonNode labels = field(json, "labels");
        DataplaneView view =
                new DataplaneView(
                        source,
                        isLive ? "" : text(json, DataplaneJson.REASON),
                        map(field(json, "traffic"), DataplaneJsonReader::traffic),
                        map(field(json, "ports"), DataplaneJsonReader::numbers),
                        numbers(field(json, "drops")),
                        numbers(field(json, "events")),
                        labels(field(labels, "popped")),
                        labels(field(labels, "pushed")));
        return new DataplaneReport.Counted(view, file);
    }

    private static Map<String, Long> numbers(JsonNode object) {
        return map(object, each -> value(each, "counter"));
    }

    private static <T> Map<String, T> map(JsonNode object, Function<JsonNode, T> read) {
        if (!object.isObject()) {
            throw new IllegalArgumentException("no object: " + object);
        }
        Map<String, T> map = new LinkedHashMap<>();
        object.properties().forEach(entry -> map.put(entry.getKey(), read.apply(entry.getValue())));
        return map;
    }

    private static DataplaneView.Traffic traffic(JsonNode json) {
        return new DataplaneView.Traffic(number(json, "packets"), number(json, "bytes"));
    }

    private static List<DataplaneView.LabelTraffic> labels(JsonNode array) {
        List<DataplaneView.LabelTraffic> list = new ArrayList<>();
        for (JsonNode each : elements(array)) {
            List<Integer> labels = new ArrayList<>();
            elements(field(each, "labels")).forEach(label -> labels.add(small(label, "label")));
            list.add(new DataplaneView.LabelTraffic(labels, traffic(each)));
        }
        return list;
    }

    private static JsonNode elements(JsonNode array) {
        if (!array.isArray()) {
            throw new IllegalArgumentException("no array: " + array);
        }
        return array;
    }

    private static boolean truth(JsonNode json, String name) {
        JsonNode field = field(json, name);
        if (!field.isBoolean()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is neither true nor false: " + field);
        }
        return field.booleanValue();
    }

    private static JsonNode field(JsonNode json, String name) {
        JsonNode field = json.get(name);
        if (field == null) {
            throw new IllegalArgumentException("no \"" + name + "\" of a data plane");
        }
        return field;
    }

    private static String text(JsonNode json, String name) {
        JsonNode field = field(json, name);
        if (!field.isTextual()) {
            throw new IllegalArgumentException("\"" + name + "\" is no text: " + field);
        }
        return field.textValue();
    }

    private static Instant instant(JsonNode json, String name) {
        try {
            return Instant.parse(text(json, name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + name + "\" is no time", e);
        }
    }

    private static long number(JsonNode json, String name) {
        return value(field(json, name), name);
    }

    private static long value(JsonNode number, String name) {
        if (!number.isIntegralNumber() || !number.canConvertToLong()) {
            throw new IllegalArgumentException("\"" + name + "\" is no number: " + number);
        }
        return number.asLong();
    }

    private static int small(JsonNode number, String name) {
        if (!number.isIntegralNumber() || !number.canConvertToInt()) {
            throw new IllegalArgumentException("\"" + name + "\" is no number: " + number);
        }
        return number.asInt();
    }
}
