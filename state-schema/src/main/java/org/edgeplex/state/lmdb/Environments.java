package org.edgeplex.state.lmdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.edgeplex.state.FileFailure;
import org.edgeplex.state.StoreException;

/// The environments that this process has open, each once, however many stores share it: LMDB's
/// file locks belong to the process, and closing a second handle would drop those of the first.
final class Environments {
    /// Who opens it first may have much to check.
    private static final Duration OPEN_TIMEOUT = Duration.ofMinutes(1);

    private static final long OPEN_RETRY_NANOS = 5_000_000;
    private static final String PERMISSIONS = "rwx------";

    private record Shared(Environment environment, int users) {}

    /// By device and inode of the directory: a path may have several names.
    private static final Map<Object, Shared> OPEN = new HashMap<>();

    private Environments() {}

    /// A user's hold on a shared environment.
    ///
    /// @param identity of the directory
    record Hold(Object identity, Environment environment) {}

    static Hold open(LmdbOptions options) {
        // Says what is wrong, before the class that cannot is initialized.
        LmdbLibrary.load();
        Path directory = options.directory().toAbsolutePath().normalize();
        try {
            prepare(directory, options.create());
            synchronized (OPEN) {
                Object identity = identity(directory);
                Shared shared = OPEN.get(identity);
                Environment environment =
                        shared == null ? openLocked(directory, options) : shared.environment;
                environment.checkAgreed(options);
                OPEN.put(identity, new Shared(environment, shared == null ? 1 : shared.users + 1));
                return new Hold(identity, environment);
            }
        } catch (IOException e) {
            throw new StoreException("store " + directory + ": " + why(directory, e), e);
        }
    }

    private static String why(Path directory, IOException e) {
        try {
            if (Files.getFileStore(directory).isReadOnly()) {
                return "it is on a read-only file system: copy it to another, and open the copy";
            }
        } catch (IOException _) {
            // What is known already must do.
        }
        return e instanceof AccessDeniedException
                ? FileFailure.text(e) + ": it must be one who may read and write all of the store"
                : FileFailure.text(e);
    }

    static void release(Hold hold) {
        synchronized (OPEN) {
            Shared shared = Objects.requireNonNull(OPEN.get(hold.identity));
            if (shared.users > 1) {
                OPEN.put(hold.identity, new Shared(shared.environment, shared.users - 1));
            } else if (shared.environment.close()) {
                OPEN.remove(hold.identity);
            } else {
                // It stays here, closed for use, so that nobody maps it a second time.
                OPEN.put(hold.identity, new Shared(shared.environment, 0));
            }
        }
    }

    private static void prepare(Path directory, boolean create) throws IOException {
        try {
            // Not Files.exists, which is silent about a path that may not be looked into.
            if (!Files.readAttributes(directory, BasicFileAttributes.class).isDirectory()) {
                throw new StoreException("store " + directory + ": not a directory");
            }
        } catch (NoSuchFileException e) {
            if (!create) {
                throw new StoreException("there is no store in " + directory, e);
            }
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(PERMISSIONS)));
        }
    }

    private static Object identity(Path directory) throws IOException {
        return Objects.requireNonNull(
                Files.readAttributes(directory, BasicFileAttributes.class).fileKey());
    }

    /// Opens it while no other process of the machine does: the library truncates the file to the
    /// map size, and two that open with different sizes at once would cut each other's map.
    private static Environment openLocked(Path directory, LmdbOptions options) throws IOException {
        Errors errors = new Errors(directory);
        DataFile dataFile = new DataFile(directory, errors);
        // Made after the data, so looked at before it: somebody may be making them.
        boolean wasUsed = Files.exists(directory.resolve(WriteLock.FILE));
        if (dataFile.checkedMapBytes() == 0) {
            if (wasUsed) {
                throw errors.damaged("data.mdb, which was there, is empty or gone");
            }
            if (!options.create()) {
                throw new StoreException("there is no store in " + directory);
            }
        }
        try (FileChannel channel = LockFile.open(directory.resolve("open.lock"));
                FileLock _ = lock(channel, directory)) {
            beginIfAlone(directory, dataFile);
            long mapBytes = mapBytes(options.mapSizeMb(), dataFile.checkedMapBytes());
            Environment environment =
                    new Environment(directory, errors, mapBytes, options.changesKept());
            try {
                environment.start(options);
                return environment;
            } catch (RuntimeException e) {
                environment.close();
                throw e;
            }
        }
    }

    private static long mapBytes(int wantedMb, long isBytes) {
        boolean isNew = isBytes == 0;
        boolean isOpen = wantedMb == LmdbOptions.MAP_SIZE_AS_MADE;
        int mapSizeMb = isOpen && isNew ? LmdbOptions.MAP_SIZE_MB_DEFAULT : wantedMb;
        return Math.max((long) mapSizeMb << 20, isBytes);
    }

    /// While others have it open they trust it already, and it changes. The library tells by its
    /// own lock, which each of them shares; ours must be gone before this process takes it too.
    ///
    /// Who is alone gives that lock its disk blocks, of which the library makes a file of holes. It
    /// begins with a lock of zeros then, as with none.
    private static void beginIfAlone(Path directory, DataFile dataFile) throws IOException {
        try (FileChannel channel = LockFile.open(directory.resolve("lock.mdb"));
                FileLock lock = channel.tryLock(0, 1, false)) {
            if (lock != null) {
                dataFile.checkPages();
                LockFile.fill(channel, Environment.LOCK_BYTES);
            }
        }
    }

    private static FileLock lock(FileChannel channel, Path directory) throws IOException {
        long startNanos = System.nanoTime();
        while (true) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - startNanos > OPEN_TIMEOUT.toNanos()) {
                throw new StoreException(
                        "store %s: another process has been opening it for %d s: was it stopped?"
                                .formatted(directory, OPEN_TIMEOUT.toSeconds()));
            }
            LockSupport.parkNanos(OPEN_RETRY_NANOS);
        }
    }
}
