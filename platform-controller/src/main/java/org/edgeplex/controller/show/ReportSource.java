package org.edgeplex.controller.show;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.edgeplex.controller.cli.ApiCallException;
import org.edgeplex.controller.cli.ApiClient;
import org.edgeplex.telemetry.CountersFolder;
import org.edgeplex.telemetry.DataplaneReport;
import org.edgeplex.telemetry.json.DataplaneJsonReader;

/// Where numbers of data planes come from.
///
/// @param where the end of a sentence that says that there are none
record ReportSource(Supplier<List<DataplaneReport>> reports, String where) {
    /// Files of this machine.
    static ReportSource ofFolders(List<Path> folders) {
        return new ReportSource(
                () ->
                        folders.stream()
                                .flatMap(folder -> CountersFolder.files(folder).stream())
                                .map(DataplaneReport::of)
                                .toList(),
                folders.isEmpty()
                        ? " on this machine: is a lab or a controller up? (--dir says where,"
                                + " --controller asks elsewhere)"
                        : " in " + folders);
    }

    /// A controller, on whatever machine.
    static ReportSource ofController(ApiClient api) {
        return new ReportSource(() -> read(api), " at the controller " + api.controller());
    }

    private static List<DataplaneReport> read(ApiClient api) {
        try {
            return DataplaneJsonReader.read(api.get("/v1/dataplanes").path("dataplanes"));
        } catch (IllegalArgumentException e) {
            throw new ApiCallException(
                    0,
                    api.controller()
                            + " is no controller of this release: its answer has "
                            + e.getMessage());
        }
    }

    List<DataplaneReport> read() {
        return reports.get();
    }
}
