package org.edgeplex.state.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The files beside the data by which processes know of each other: their owner's alone, as the
/// data is.
final class LockFile {
    private static final String PERMISSIONS = "rw-------";

    private LockFile() {}

    /// Opens it, or makes it, to be read and written.
    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PERMISSIONS)));
    }

    /// Makes it begin with zeros that have their disk blocks, so that it may be mapped: to write to
    /// a hole of a map, on a full disk, ends the process by a signal.
    static void fill(FileChannel file, int bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(bytes);
        while (zeros.hasRemaining()) {
            file.write(zeros, zeros.position());
        }
    }
}
