package org.edgeplex.state.lmdb;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An open LMDB environment with its two databases. There is at most one per directory in a
/// process, see [Environments].
final class Environment {
    private static final Logger LOG = LoggerFactory.getLogger(Environment.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// Of the whole machine; counts only in the process that opens the environment first.
    private static final int READERS_MAX = 1_024;

    /// The library's lock: a line for each reader, and what they share before that.
    static final int LOCK_BYTES = (READERS_MAX + 64) * 64;

    private static final int DATABASES_MAX = 2;
    private static final int FILE_MODE = 0600;

    /// A write copies the path to its leaf in both databases, and their lists of free pages.
    private static final long BYTES_PER_WRITE_MAX = 32L << 10;

    private static final long BYTES_PER_TRANSACTION_MAX = 256L << 10;
    private static final long SPACE_STEP_BYTES = 4L << 20;

    private final Path directory;
    private final Errors errors;
    private final int changesKept;
    private final long mapBytes;
    private final Arena arena = Arena.ofShared();
    private final long handle;
    private final int fd;
    private final long pageBytes;
    private final boolean empty;
    private final MemorySegment writerInfo = arena.allocate(Lmdb.ENV_INFO_BYTES);
    private final Readers readers = new Readers(this, arena);
    private final GroupWriter writer = new GroupWriter(this, arena);
    private final WriteLock writeLock;
    private int records;
    private int changes;
    private volatile boolean waitsForDisk;

    /// Up to here the file has its disk blocks; known to whoever has the lock.
    private long claimedBytes;

    Environment(Path directory, Errors errors, long mapBytes, int changesKept) throws IOException {
        this.directory = directory;
        this.errors = errors;
        this.mapBytes = mapBytes;
        this.changesKept = changesKept;
        MemorySegment result = arena.allocate(JAVA_LONG);
        errors.check(Lmdb.envCreate(result), "open it");
        this.handle = result.get(JAVA_LONG, 0);
        try {
            errors.check(Lmdb.envSetMapSize(handle, mapBytes), "set its map size");
            errors.check(Lmdb.envSetMaxReaders(handle, READERS_MAX), "set its readers");
            errors.check(Lmdb.envSetMaxDatabases(handle, DATABASES_MAX), "set its databases");
            int flags = Lmdb.NO_TLS | Lmdb.WRITE_MAP | Lmdb.NO_SYNC;
            MemorySegment path = arena.allocateFrom(directory.toString());
            errors.check(Lmdb.envOpen(handle, path, flags, FILE_MODE), "open it");
            errors.check(Lmdb.envGetFd(handle, result), "open it");
            this.fd = result.get(JAVA_INT, 0);
            MemorySegment stat = arena.allocate(Lmdb.STAT_BYTES);
            errors.check(Lmdb.envStat(handle, stat), "open it");
            this.pageBytes = stat.get(JAVA_INT, Lmdb.STAT_PAGE_SIZE);
            this.empty = stat.get(JAVA_LONG, Lmdb.STAT_ENTRIES) == 0;
            this.writeLock = new WriteLock(directory, arena);
        } catch (StoreException | IOException e) {
            Lmdb.envClose(handle);
            arena.close();
            throw e;
        }
    }

    /// Opens the databases, or makes them in a new store.
    void start(LmdbOptions options) {
        releaseDeadReaders();
        Format format = new Format(options);
        if (!openDatabases(Lmdb.READ_ONLY, _ -> {})) {
            if (!empty) {
                throw errors.damaged("it is the LMDB environment of something else");
            }
            setDurability(format.wanted());
            openDatabases(Lmdb.CREATE, begun -> begun.putOwn(Format.KEY, format.toMake()));
        }
        setDurability(checkAgreed(options));
    }

    /// Whether it is a store of ours, with what these options want. Returns its durability.
    LmdbOptions.Durability checkAgreed(LmdbOptions options) {
        Bytes found = readers.read(TIMEOUT, reader -> reader.own(Format.KEY));
        return new Format(options).checked(found, errors);
    }

    /// Gives what a transaction may need its disk blocks: writing to a page of the map that finds
    /// no block would end the process by a signal. Inside a transaction only.
    void claimSpace(int writes, long bytes) {
        errors.check(Lmdb.envInfo(handle, writerInfo), "write");
        long usedBytes = (writerInfo.get(JAVA_LONG, Lmdb.ENV_INFO_LAST_PAGE) + 1) * pageBytes;
        long neededBytes =
                Math.min(
                        mapBytes,
                        usedBytes
                                + BYTES_PER_TRANSACTION_MAX
                                + writes * BYTES_PER_WRITE_MAX
                                + 2 * bytes);
        if (neededBytes <= claimedBytes) {
            return;
        }
        long wantedBytes = Math.min(mapBytes, neededBytes + SPACE_STEP_BYTES);
        int error = Lmdb.allocate(fd, claimedBytes, wantedBytes - claimedBytes);
        if (error == Errors.NO_SPACE) {
            wantedBytes = neededBytes;
            error = Lmdb.allocate(fd, claimedBytes, wantedBytes - claimedBytes);
        }
        // A file system that cannot do it must be kept from filling up by other means.
        if (error != Errors.NOT_SUPPORTED) {
            errors.check(error, "claim disk space");
        }
        claimedBytes = wantedBytes;
    }

    /// How full it is.
    Map<String, Long> figures() {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment info = scratch.allocate(Lmdb.ENV_INFO_BYTES);
            errors.check(Lmdb.envInfo(handle, info), "read");
            long usedPages = info.get(JAVA_LONG, Lmdb.ENV_INFO_LAST_PAGE) + 1;
            Map<String, Long> figures = new LinkedHashMap<>();
            figures.put("map_bytes", mapBytes);
            figures.put("used_bytes", usedPages * pageBytes);
            figures.put("transactions", info.get(JAVA_LONG, Lmdb.ENV_INFO_LAST_TRANSACTION));
            return figures;
        }
    }

    /// Frees the slots of readers whose process is dead, and the old pages that they hold.
    void releaseDeadReaders() {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment dead = scratch.allocate(JAVA_INT);
            int error = Lmdb.readerCheck(handle, dead);
            if (error != 0) {
                LOG.warn("store {}: dead readers: {}", directory, Lmdb.errorText(error));
            } else if (dead.get(JAVA_INT, 0) > 0) {
                LOG.debug("store {}: {} readers were dead", directory, dead.get(JAVA_INT, 0));
            }
        }
    }

    /// Returns whether it could be closed. Otherwise it stays as it is until the process ends: a
    /// thread is inside the library, perhaps waiting for a lock.
    boolean close() {
        boolean writerEnded = writer.close(TIMEOUT);
        boolean readersEnded = readers.close(TIMEOUT);
        if (!writerEnded || !readersEnded) {
            LOG.warn("store {}: still in use, not closed", directory);
            return false;
        }
        Lmdb.envClose(handle);
        arena.close();
        return true;
    }

    StoreException closedException() {
        return new StoreException("store " + directory + " is closed");
    }

    /// Returns false when there are none.
    private boolean openDatabases(int flags, Consumer<Transaction> andThen) {
        boolean readOnly = flags == Lmdb.READ_ONLY;
        try (Arena scratch = Arena.ofConfined();
                Transaction transaction = new Transaction(this, scratch);
                Transaction begun = readOnly ? transaction.beginToRead() : transaction.begin()) {
            int create = readOnly ? 0 : flags;
            MemorySegment result = scratch.allocate(JAVA_INT);
            int error =
                    Lmdb.dbiOpen(begun.handle(), scratch.allocateFrom("records"), create, result);
            if (error == Lmdb.NOT_FOUND) {
                return false;
            }
            errors.check(error, "open its records");
            records = result.get(JAVA_INT, 0);
            error = Lmdb.dbiOpen(begun.handle(), scratch.allocateFrom("changes"), create, result);
            if (error == Lmdb.NOT_FOUND) {
                throw errors.damaged("it has no log of changes");
            }
            errors.check(error, "open its log of changes");
            changes = result.get(JAVA_INT, 0);
            andThen.accept(begun);
            begun.commit();
            return true;
        }
    }

    private void setDurability(LmdbOptions.Durability durability) {
        waitsForDisk = durability == LmdbOptions.Durability.POWER;
        errors.check(Lmdb.envSetFlags(handle, Lmdb.NO_SYNC, !waitsForDisk), "set its durability");
    }

    long handle() {
        return handle;
    }

    int records() {
        return records;
    }

    int changes() {
        return changes;
    }

    int changesKept() {
        return changesKept;
    }

    Errors errors() {
        return errors;
    }

    WriteLock writeLock() {
        return writeLock;
    }

    /// Whether a commit does.
    boolean waitsForDisk() {
        return waitsForDisk;
    }

    Readers readers() {
        return readers;
    }

    GroupWriter writer() {
        return writer;
    }
}
