package org.edgeplex.controller.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.Instance;
import org.edgeplex.telemetry.CountersFile;
import org.edgeplex.telemetry.CountersFolder;
import org.edgeplex.telemetry.DataplaneReport;
import org.edgeplex.telemetry.json.DataplaneJson;

/// The counters of all data planes of the PE: of those that are to run, and of those whose files
/// are still there.
final class Dataplanes {
    private Dataplanes() {}

    static ObjectNode json(Path directory, State state) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        Collection<DataplaneReport> reports = reports(directory, state).values();
        out.set("dataplanes", DataplaneJson.of(reports.stream().toList()));
        return out;
    }

    /// By attachment.
    private static Map<Integer, DataplaneReport> reports(Path directory, State state) {
        Map<Integer, DataplaneReport> reports = new TreeMap<>();
        for (Path file : CountersFolder.files(directory)) {
            DataplaneReport report = DataplaneReport.of(file);
            reports.merge(report.attachment(), named(report, state), Dataplanes::better);
        }
        for (Stored<String, Instance> stored : state.scan(Tables.INSTANCES)) {
            Instance instance = stored.value();
            if (instance.role() == Instance.Role.PVM) {
                reports.computeIfAbsent(
                        instance.attachmentNumber(),
                        _ -> withoutFile(directory, stored.key(), instance, state));
            }
        }
        return reports;
    }

    /// Of two files with one number, which only a stray one makes: the one that says something.
    private static DataplaneReport better(DataplaneReport one, DataplaneReport other) {
        return one instanceof DataplaneReport.Counted ? one : other;
    }

    /// Who cannot read the file does not know the name in it.
    private static DataplaneReport named(DataplaneReport report, State state) {
        return switch (report) {
            case DataplaneReport.Counted counted -> counted;
            case DataplaneReport.Silent silent ->
                    new DataplaneReport.Silent(
                            silent.attachment(),
                            name(silent.attachment(), state),
                            silent.file(),
                            silent.why());
        };
    }

    private static DataplaneReport withoutFile(
            Path directory, String name, Instance instance, State state) {
        Path file = CountersFile.of(directory, name);
        String phase = instance.phase().name().toLowerCase(Locale.ROOT);
        return new DataplaneReport.Silent(
                instance.attachmentNumber(),
                name(instance.attachmentNumber(), state),
                file.toString(),
                file + " is not there: " + name + " is " + phase);
    }

    private static String name(int attachment, State state) {
        return state.get(Tables.ATTACHMENTS, attachment)
                .map(Stored::value)
                .map(Attachment::name)
                .orElse("");
    }
}
