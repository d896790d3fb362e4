package org.edgeplex.lab.runner;

import java.nio.file.Path;

/// What the user asked of a run.
///
/// @param json where to write the results; empty for nowhere
public record LabRunOptions(
        Path topologyFile, String labName, boolean keep, boolean skipChecks, String json) {}
