package org.edgeplex.lab.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/// Standard output that remembers what went wrong: `System.out` and `PrintWriter` hide it, and a
/// dump into a full disk would look like one that succeeded.
final class StandardOutput extends OutputStream {
    private final OutputStream file;
    private volatile @Nullable IOException failure;

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream file) {
        this.file = file;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            file.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /// Whether all that was printed has been written.
    boolean isWhole() {
        return failure == null;
    }

    /// Says what went wrong, unless it is that the reader has seen enough; the exit status.
    int explain(PrintWriter err) {
        String message = String.valueOf(failure == null ? null : failure.getMessage());
        if (!message.contains("Broken pipe")) {
            err.println("edgeplex: standard output: " + message);
            err.flush();
        }
        return ExitCode.SOFTWARE;
    }
}
