package org.edgeplex.lab.topology;

import java.nio.file.Path;

/// One mistake in a topology file, and where it stands.
public record Problem(Path file, int line, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
