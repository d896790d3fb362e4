package org.edgeplex.state.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.edgeplex.state.StoreException;

/// `data.mdb`, looked at by ordinary reads before the library maps it, which believes what it finds
/// there: what is damaged would end the process by a signal, or by an assertion.
final class DataFile {
    private static final int VERSION = 1;
    private static final int PAGE_BYTES_MIN = 512;
    private static final int PAGE_BYTES_MAX = 1 << 16;
    private static final int PAGES_MAX = 1 << 28;
    private static final long MAP_BYTES_MAX = (long) LmdbOptions.MAP_SIZE_MB_MAX << 20;

    private final Path file;
    private final Errors errors;

    DataFile(Path directory, Errors errors) {
        this.file = directory.resolve("data.mdb");
        this.errors = errors;
    }

    /// What is to be done with an open file.
    private interface Look {
        long at(FileChannel channel, long length) throws IOException;
    }

    /// How large the map of a file is, whose head is as it should be; 0: there is none yet. The
    /// file is as long as the largest map of those who have it open.
    long checkedMapBytes() throws IOException {
        return look((channel, length) -> Math.max(length, meta(channel, length).mapBytes()));
    }

    /// Checks all that its last transaction reaches. While somebody writes, pages change under it.
    void checkPages() throws IOException {
        long ignored =
                look((channel, length) -> {
                    new TreeWalk(channel, errors, meta(channel, length)).check();
                    return length;
                });
    }

    private long look(Look look) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = channel.size();
            return length == 0 ? 0 : look.at(channel, length);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private Meta meta(FileChannel channel, long length) throws IOException {
        Meta first = metaAt(channel, 0);
        Meta second = metaAt(channel, first.pageBytes());
        int later = Long.compareUnsigned(first.transaction(), second.transaction()) < 0 ? 1 : 0;
        Meta meta = later == 0 ? first : second;
        // They are written in turns, and the library finds the one it wants by its transaction.
        if ((meta.transaction() & 1) != later || meta.pageBytes() != first.pageBytes()) {
            throw errors.damaged(file + ": its first pages contradict each other");
        }
        // The library keeps the file as long as its map.
        if (meta.lastPage() < 1 || meta.lastPage() >= length / meta.pageBytes()) {
            throw errors.damaged(file + " is cut short");
        }
        if (meta.mapBytes() < 0 || meta.mapBytes() > MAP_BYTES_MAX) {
            throw errors.damaged(file + " has a map of " + meta.mapBytes() + " octets");
        }
        if (meta.lastPage() >= PAGES_MAX) {
            throw new StoreException(file + " has more pages than a store may");
        }
        return meta;
    }

    private Meta metaAt(FileChannel channel, long offset) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(Meta.BYTES).order(ByteOrder.nativeOrder());
        if (!read(channel, page, offset)) {
            throw errors.damaged(file + " is cut short");
        }
        if (!Meta.isAt(page)) {
            throw errors.damaged(file + " is not an LMDB file");
        }
        int version = Meta.version(page);
        if (version != VERSION) {
            throw new StoreException(
                    file + " has LMDB's format " + version + ", not " + VERSION + ": another LMDB");
        }
        Meta meta = Meta.at(page);
        if (meta.pageBytes() < PAGE_BYTES_MIN
                || meta.pageBytes() > PAGE_BYTES_MAX
                || Integer.bitCount(meta.pageBytes()) != 1) {
            throw errors.damaged(file + " has pages of " + meta.pageBytes() + " octets");
        }
        return meta;
    }

    /// Returns false where the file ends before the buffer is full.
    static boolean read(FileChannel channel, ByteBuffer to, long offset) throws IOException {
        long start = offset - to.position();
        while (to.hasRemaining()) {
            if (channel.read(to, start + to.position()) < 0) {
                return false;
            }
        }
        return true;
    }
}
