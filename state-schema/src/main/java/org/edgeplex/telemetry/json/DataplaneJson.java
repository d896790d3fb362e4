package org.edgeplex.telemetry.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.edgeplex.telemetry.CountersSource;
import org.edgeplex.telemetry.DataplaneReport;
import org.edgeplex.telemetry.DataplaneView;

/// A data plane's counters for programs: all of them, whether they count or not.
public final class DataplaneJson {
    static final String REASON = "reason";

    private DataplaneJson() {}

    /// An array, as [DataplaneJsonReader] reads it.
    public static ArrayNode of(List<DataplaneReport> reports) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (DataplaneReport report : reports) {
            array.add(
                    switch (report) {
                        case DataplaneReport.Counted counted -> of(counted);
                        case DataplaneReport.Silent silent -> of(silent);
                    });
        }
        return array;
    }

    private static JsonNode of(DataplaneReport.Silent silent) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("attachment", silent.attachment())
                .put("name", silent.name())
                .put("live", false)
                .put("file", silent.file())
                .put(REASON, silent.why());
    }

    private static JsonNode of(DataplaneReport.Counted counted) {
        DataplaneView view = counted.view();
        CountersSource source = view.source();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("attachment", view.attachment())
                .put("name", source.name())
                .put("live", view.isLive())
                .put("pid", source.pid())
                .put("started", source.started().toString())
                .put("incarnation", source.incarnation())
                .put("file", counted.file());
        if (!view.isLive()) {
            json.put(REASON, view.whyNotLive());
        }
        ObjectNode traffic = json.putObject("traffic");
        view.traffic().forEach((name, each) -> put(traffic.putObject(name), each));
        ObjectNode ports = json.putObject("ports");
        view.ports().forEach((port, columns) -> put(ports.putObject(port), columns));
        put(json.putObject("drops"), view.drops());
        put(json.putObject("events"), view.events());
        ObjectNode labels = json.putObject("labels");
        put(labels.putArray("popped"), view.popped());
        put(labels.putArray("pushed"), view.pushed());
        return json;
    }

    private static void put(ArrayNode array, List<DataplaneView.LabelTraffic> list) {
        for (DataplaneView.LabelTraffic each : list) {
            ObjectNode node = array.addObject();
            ArrayNode labels = node.putArray("labels");
            each.labels().forEach(labels::add);
            put(node, each.traffic());
        }
    }

    private static void put(ObjectNode node, Map<String, Long> numbers) {
        numbers.forEach(node::put);
    }

    private static void put(ObjectNode node, DataplaneView.Traffic traffic) {
        node.put("packets", traffic.packets()).put("bytes", traffic.bytes());
    }
}
