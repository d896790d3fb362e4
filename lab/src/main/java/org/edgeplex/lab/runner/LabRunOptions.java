package org.edgeplex.lab.runner;

import java.nio.file.Path;
import org.edgeplex.lab.node.LabStore;

/// What the user asked of a run.
///
/// @param json where to write the results; empty for nowhere
public record LabRunOptions(
        Path topologyFile,
        String labName,
        LabStore store,
        boolean keep,
        boolean skipChecks,
        String json) {}
