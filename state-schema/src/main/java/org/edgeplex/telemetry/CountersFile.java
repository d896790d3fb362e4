package org.edgeplex.telemetry;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// The counters file of this process, while it runs.
///
/// It has its name only when it is complete, and takes the place of a predecessor's: who has that
/// one open reads the dead numbers on, who opens the name reads the new ones. The memory lasts as
/// long as the process, so no thread that still counts can miss it.
public final class CountersFile implements AutoCloseable {
    /// After the name of the instance.
    public static final String SUFFIX = ".counters";

    private static final String PERMISSIONS = "rw-r-----";

    private final MemorySegment memory;
    private final CountersArea area;

    private CountersFile(MemorySegment memory, CountersArea area) {
        this.memory = memory;
        this.area = area;
    }

    /// Where an instance's file is.
    public static Path of(Path directory, String instance) {
        return directory.resolve(instance + SUFFIX);
    }

    /// Where the same instance's metrics are to be had by HTTP: a Unix socket.
    public static Path metricsOf(Path directory, String instance) {
        return directory.resolve(instance + ".metrics");
    }

    /// Makes the file and its directory.
    ///
    /// @throws UncheckedIOException when the directory cannot be used or is full
    public static CountersFile create(Path file, CountersSource source, CountersLayout layout) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(
                    fresh,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(PERMISSIONS)));
            CountersFile created = fill(fresh, source, layout);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the counters file " + file, e);
        }
    }

    private static CountersFile fill(Path file, CountersSource source, CountersLayout layout)
            throws IOException {
        // A description is as long wherever the blocks are, but for the digits of their offsets.
        int room = description(source, layout.placesFrom(FileHeader.FILE_BYTES_MAX)).length;
        List<CountersLayout.Place> places = layout.placesFrom(FileHeader.BYTES + room);
        byte[] description = description(source, places);
        long bytes = CountersLayout.end(places);
        FileHeader header =
                new FileHeader(FileHeader.State.LIVE, description.length, bytes, source);
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE))) {
            // All of it is written, so that a full file system says so here and not to a store
            // into the mapping, which would end the process.
            write(channel, 0, ByteBuffer.allocate(Math.toIntExact(bytes)));
            write(channel, 0, header.encode());
            write(channel, FileHeader.BYTES, ByteBuffer.wrap(description));
            MemorySegment memory =
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, Arena.global());
            return new CountersFile(memory, new CountersArea(memory, places));
        }
    }

    private static byte[] description(CountersSource source, List<CountersLayout.Place> places) {
        return new Description(source.name(), places).text().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(FileChannel channel, long offset, ByteBuffer bytes)
            throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, offset + bytes.position());
        }
    }

    /// The memory to count in.
    public CountersArea area() {
        return area;
    }

    /// Marks the file: its numbers are the last ones. It stays, for whoever asks what happened.
    @Override
    public void close() {
        memory.set(JAVA_INT, FileHeader.STATE, FileHeader.State.ENDED.code);
    }
}
