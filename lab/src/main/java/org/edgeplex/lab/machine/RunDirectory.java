package org.edgeplex.lab.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a lab keeps everything of itself: `/run/edgeplex/NAME`.
///
/// Beside it lies `NAME.lock`, held by whoever runs or takes down the lab; the kernel lets go of it
/// when that process dies, however it dies.
public final class RunDirectory {
    /// No '-': it ends the lab's name in the names of its namespaces. No '/' and no '.': what is
    /// taken down is deleted with all that is in it.
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,15}");

    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    public static RunDirectory of(String lab) {
        if (!NAME.matcher(lab).matches()) {
            throw new IllegalArgumentException(
                    "a lab's name has up to 16 small letters and digits, a letter first: \""
                            + lab
                            + '"');
        }
        return new RunDirectory(base().resolve(lab));
    }

    static RunDirectory at(Path path) {
        return new RunDirectory(path);
    }

    /// The names of the labs that there are, up or dead.
    public static List<String> labs() {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(base())) {
            try (DirectoryStream<Path> entries =
                    Files.newDirectoryStream(base(), Files::isDirectory)) {
                entries.forEach(entry -> names.add(entry.getFileName().toString()));
                names.removeIf(name -> !NAME.matcher(name).matches());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names.stream().sorted().toList();
    }

    private static Path base() {
        Path run = Path.of("/run");
        Path parent = Files.isWritable(run) ? run : Path.of(System.getProperty("java.io.tmpdir"));
        return parent.resolve("edgeplex");
    }

    public Path path() {
        return path;
    }

    public String lab() {
        return path.getFileName().toString();
    }

    public boolean exists() {
        return Files.isDirectory(path);
    }

    public Path resolve(String other) {
        return path.resolve(other);
    }

    public Journal journal() {
        return new Journal(path.resolve("journal"));
    }

    /// A directory of the lab, made if need be.
    public Path directory(String... names) {
        Path directory = path;
        for (String name : names) {
            directory = directory.resolve(name);
        }
        return create(directory);
    }

    /// The lock, if nobody has it.
    public Optional<Claim> claim() {
        try {
            create(path.resolveSibling(""));
            FileChannel channel =
                    FileChannel.open(
                            lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Optional<FileLock> lock = tryLock(channel);
            if (lock.isEmpty()) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.write(US_ASCII.encode(pid));
            return Optional.of(new Claim(channel));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The process that has the lock, or had it last.
    public Optional<ProcessHandle> claimant() {
        try {
            return Files.exists(lockFile())
                    ? ProcessHandle.of(Long.parseLong(Files.readString(lockFile())))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Path lockFile() {
        return path.resolveSibling(path.getFileName() + ".lock");
    }

    private static Path create(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    /// The right to run or take down the lab, until closed. Its file stays: a lock on a file that
    /// another process may delete would protect nothing.
    public record Claim(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
