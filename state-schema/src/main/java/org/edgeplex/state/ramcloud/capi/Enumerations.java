package org.edgeplex.state.ramcloud.capi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.ClusterFailures;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.Status;

/// The scans that have begun and not ended. The library keeps how far each came, so a place is a
/// number here, and good for one use.
final class Enumerations implements AutoCloseable {
    /// Of one more, the one that was left alone for longest must begin again.
    private static final int OPEN_MAX = 64;

    private static final MemoryLayout KEY_AND_VALUE =
            MemoryLayout.structLayout(
                    JAVA_LONG.withName("key"),
                    JAVA_LONG.withName("value"),
                    JAVA_INT.withName("keyLength"),
                    JAVA_INT.withName("valueLength"));

    private static final long VALUE = 8;
    private static final long KEY_LENGTH = 16;
    private static final long VALUE_LENGTH = 20;

    private final RamcloudLibrary library;
    private final long client;
    private final AtomicLong places;
    private final MemorySegment result;
    private final Map<Long, Enumeration> open = new LinkedHashMap<>();

    /// @param address the library's
    private record Enumeration(long address, long tableId) {}

    /// A page.
    ///
    /// @param resume [Bytes#EMPTY]: it was the last
    record Keys(List<ObjectKey> keys, Bytes resume) {}

    Enumerations(RamcloudLibrary library, long client, AtomicLong places, Arena arena) {
        this.library = library;
        this.client = client;
        this.places = places;
        this.result = arena.allocate(KEY_AND_VALUE);
    }

    Keys next(long tableId, Bytes resume) {
        Enumeration enumeration = resume.isEmpty() ? begin(tableId) : open(tableId, resume);
        List<ObjectKey> keys = new ArrayList<>();
        int bytes = 0;
        // The next key may be as long as any.
        while (keys.size() < Batch.ITEMS_MAX
                && bytes <= Batch.REQUEST_BYTES - Batch.KEY_BYTES_MAX) {
            int status =
                    library.enumerateNext(
                            client,
                            enumeration.address,
                            result.address() + KEY_LENGTH,
                            result.address(),
                            result.address() + VALUE_LENGTH,
                            result.address() + VALUE);
            if (status != Status.OK) {
                library.enumerateFinalize(enumeration.address);
                throw ClusterFailures.refused("scan", tableId, status);
            }
            long address = result.get(JAVA_LONG, 0);
            if (address == RamcloudLibrary.NONE) {
                library.enumerateFinalize(enumeration.address);
                return new Keys(keys, Bytes.EMPTY);
            }
            int length = result.get(JAVA_INT, KEY_LENGTH);
            byte[] key = RamcloudLibrary.borrowed(address, length).toArray(JAVA_BYTE);
            keys.add(new ObjectKey(tableId, Bytes.wrap(key)));
            bytes += length;
        }
        return new Keys(keys, keep(enumeration));
    }

    @Override
    public void close() {
        open.values().forEach(enumeration -> library.enumerateFinalize(enumeration.address));
        open.clear();
    }

    private Enumeration begin(long tableId) {
        library.enumeratePrepare(client, tableId, true, result.address());
        return new Enumeration(result.get(JAVA_LONG, 0), tableId);
    }

    private Enumeration open(long tableId, Bytes resume) {
        if (resume.length() != Long.BYTES) {
            throw new StoreException("not a place in a scan of RAMCloud: " + resume);
        }
        long place = resume.asByteBuffer().getLong();
        Enumeration enumeration = open.get(place);
        if (enumeration == null || enumeration.tableId != tableId) {
            throw new StoreException(
                    "a scan of table %d lost its place in RAMCloud's library, which remembers %d:"
                                    .formatted(tableId, OPEN_MAX)
                            + " begin again");
        }
        open.remove(place);
        return enumeration;
    }

    private Bytes keep(Enumeration enumeration) {
        if (open.size() == OPEN_MAX) {
            Map.Entry<Long, Enumeration> oldest = open.entrySet().iterator().next();
            open.remove(oldest.getKey());
            library.enumerateFinalize(oldest.getValue().address);
        }
        long place = places.incrementAndGet();
        open.put(place, enumeration);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(place).array());
    }
}
