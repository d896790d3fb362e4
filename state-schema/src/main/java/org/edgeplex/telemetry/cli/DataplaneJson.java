package org.edgeplex.telemetry.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.edgeplex.telemetry.CountersSource;
import org.edgeplex.telemetry.DataplaneView;

/// A data plane's counters for programs: all of them, whether they count or not.
final class DataplaneJson {
    private DataplaneJson() {}

    static ObjectNode of(DataplaneView view, Path file) {
        CountersSource source = view.snapshot().source();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("attachment", view.attachment())
                .put("name", source.name())
                .put("live", view.snapshot().isLive())
                .put("pid", source.pid())
                .put("started", source.started().toString())
                .put("incarnation", source.incarnation())
                .put("file", file.toString());
        ObjectNode traffic = json.putObject("traffic");
        view.traffic().forEach((name, each) -> put(traffic.putObject(name), each));
        ObjectNode ports = json.putObject("ports");
        view.ports()
                .forEach((port, columns) -> {
                    ObjectNode node = ports.putObject(port);
                    columns.forEach(node::put);
                });
        ObjectNode drops = json.putObject("drops");
        view.drops().forEach(drops::put);
        ObjectNode events = json.putObject("events");
        view.events().forEach(events::put);
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

    private static void put(ObjectNode node, DataplaneView.Traffic traffic) {
        node.put("packets", traffic.packets()).put("bytes", traffic.bytes());
    }
}
