package org.edgeplex.state.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.edgeplex.state.StoreException;

/// The head of `data.mdb`, looked at before the library maps it: LMDB itself believes a file that
/// was cut short.
///
/// Two pages, written in turns, each with the state of the environment after a transaction; the one
/// of the later transaction counts.
final class DataFile {
    private static final int MAGIC = 0xBEEFC0DE;
    private static final int VERSION = 1;
    private static final int META_BYTES = 152;
    private static final int MAGIC_OFFSET = 16;
    private static final int VERSION_OFFSET = 20;
    private static final int PAGE_SIZE_OFFSET = 40;
    private static final int LAST_PAGE_OFFSET = 136;
    private static final int TRANSACTION_OFFSET = 144;
    private static final int PAGE_SIZE_MIN = 512;
    private static final int PAGE_SIZE_MAX = 1 << 16;

    private record Meta(int pageBytes, long lastPage, long transaction) {}

    private final Path file;
    private final Errors errors;

    DataFile(Path directory, Errors errors) {
        this.file = directory.resolve("data.mdb");
        this.errors = errors;
    }

    /// Returns the length of a file that is worth mapping; 0: there is none yet.
    long checkedLength() {
        try {
            if (!Files.exists(file)) {
                return 0;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                long length = channel.size();
                if (length > 0) {
                    check(channel, length);
                }
                return length;
            }
        } catch (AccessDeniedException e) {
            throw new StoreException("no permission to read " + file, e);
        } catch (IOException e) {
            throw new StoreException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private void check(FileChannel channel, long length) throws IOException {
        Meta first = meta(channel, 0);
        Meta second = meta(channel, first.pageBytes);
        long lastPage = first.transaction > second.transaction ? first.lastPage : second.lastPage;
        // The library keeps the file as long as its map.
        if (lastPage < 1 || lastPage >= length / first.pageBytes) {
            throw errors.damaged(file + " is cut short");
        }
    }

    private Meta meta(FileChannel channel, long offset) throws IOException {
        ByteBuffer meta = ByteBuffer.allocate(META_BYTES).order(ByteOrder.nativeOrder());
        while (meta.hasRemaining()) {
            if (channel.read(meta, offset + meta.position()) < 0) {
                throw errors.damaged(file + " is cut short");
            }
        }
        if (meta.getInt(MAGIC_OFFSET) != MAGIC) {
            throw errors.damaged(file + " is not an LMDB file");
        }
        int version = meta.getInt(VERSION_OFFSET);
        if (version != VERSION) {
            throw new StoreException(
                    file + " has LMDB's format " + version + ", not " + VERSION + ": another LMDB");
        }
        int pageBytes = meta.getInt(PAGE_SIZE_OFFSET);
        if (pageBytes < PAGE_SIZE_MIN
                || pageBytes > PAGE_SIZE_MAX
                || Integer.bitCount(pageBytes) != 1) {
            throw errors.damaged(file + " has pages of " + pageBytes + " octets");
        }
        return new Meta(
                pageBytes, meta.getLong(LAST_PAGE_OFFSET), meta.getLong(TRANSACTION_OFFSET));
    }
}
