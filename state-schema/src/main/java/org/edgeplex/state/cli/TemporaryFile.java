package org.edgeplex.state.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file for the time of a command, also when that ends by Ctrl-C; nobody else may read it.
final class TemporaryFile implements AutoCloseable {
    private final Path path;
    private final Thread hook;

    private TemporaryFile(Path path) {
        this.path = path;
        this.hook = new Thread(this::delete);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static TemporaryFile in(Path directory, String prefix, String suffix) throws IOException {
        return new TemporaryFile(Files.createTempFile(directory, prefix, suffix));
    }

    /// In the system's place for them.
    static TemporaryFile anywhere(String prefix, String suffix) throws IOException {
        return new TemporaryFile(Files.createTempFile(prefix, suffix));
    }

    Path path() {
        return path;
    }

    /// Deletes it, if it has not been moved away.
    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hooks are running: Ctrl-C.
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // It stays, under a name that says what it is.
        }
    }
}
