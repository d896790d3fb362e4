package org.edgeplex.state.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// A file that was read to its end and is a whole dump: only such a one is loaded.
public final class CheckedDump {
    private final Path file;
    private final StateHash hash;

    private CheckedDump(Path file, StateHash hash) {
        this.file = file;
        this.hash = hash;
    }

    /// Fails with [DamagedDumpException]. The file is read again later: no pipe.
    public static CheckedDump of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new CheckedDump(file, DumpReader.check(in));
        }
    }

    /// Of all its lines.
    StateHash hash() {
        return hash;
    }

    void forEach(Consumer<DumpLine.Item> consumer) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DumpReader.read(in, consumer);
        }
    }
}
