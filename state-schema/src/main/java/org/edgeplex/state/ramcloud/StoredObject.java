package org.edgeplex.state.ramcloud;

import java.nio.ByteBuffer;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.LazyList;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.RecordReader;

/// An object of a catalogue's table as it lies in the cluster: a header, then the value.
///
/// ```
/// format (1)   flags (1): 1 tombstone   log number (4)   sequence number (8)
/// format 2:    version that users know (8)
/// value
/// ```
///
/// The header says which intent wrote it. A tombstone is an object that users do not see: its
/// version is what a creation is conditional on.
///
/// Format 2 is a value that was *written again* unchanged, to settle the intent of another. The
/// cluster has it in a new version; for users nothing happened, and they go on knowing the old one.
///
/// @param version the cluster's; 0: there is nothing, not even a tombstone
/// @param liveVersion the version that users know; 0: they see nothing
/// @param raw header and value
record StoredObject(long version, long liveVersion, Stamp stamp, Bytes raw) {
    static final int HEADER_BYTES = 14;

    private static final int FORMAT = 1;
    private static final int FORMAT_AGAIN = 2;
    private static final int AGAIN_HEADER_BYTES = HEADER_BYTES + Long.BYTES;
    private static final int TOMBSTONE = 1;
    private static final StoredObject NOTHING = new StoredObject(0, 0, Stamp.NONE, Bytes.EMPTY);

    /// The intent that wrote an object.
    record Stamp(int log, long sequence) {
        /// Of a tombstone that nothing came before: it is no change.
        static final Stamp NONE = new Stamp(0, 0);
    }

    static Bytes encode(Stamp stamp, Bytes value) {
        byte[] bytes = new byte[HEADER_BYTES + value.length()];
        header(bytes, FORMAT, 0, stamp);
        value.copyTo(bytes, HEADER_BYTES);
        return Bytes.wrap(bytes);
    }

    static Bytes tombstone(Stamp stamp) {
        byte[] bytes = new byte[HEADER_BYTES];
        header(bytes, FORMAT, TOMBSTONE, stamp);
        return Bytes.wrap(bytes);
    }

    /// The same, to be written in a new version.
    Bytes again() {
        if (!isLive() || isAgain(raw)) {
            return raw;
        }
        Bytes value = value();
        byte[] bytes = new byte[AGAIN_HEADER_BYTES + value.length()];
        header(bytes, FORMAT_AGAIN, 0, stamp).putLong(liveVersion);
        value.copyTo(bytes, AGAIN_HEADER_BYTES);
        return Bytes.wrap(bytes);
    }

    private static ByteBuffer header(byte[] bytes, int format, int flags, Stamp stamp) {
        return ByteBuffer.wrap(bytes)
                .put((byte) format)
                .put((byte) flags)
                .putInt(stamp.log)
                .putLong(stamp.sequence);
    }

    static StoredObject of(String table, Bytes key, Lookup lookup) {
        return switch (lookup) {
            case Lookup.Absent() -> NOTHING;
            case Lookup.Found(Bytes raw, long version) -> decode(table, key, raw, version);
        };
    }

    /// What users see of it.
    static Lookup lookup(String table, Bytes key, Lookup raw) {
        if (raw instanceof Lookup.Found(Bytes object, _)) {
            check(table, key, object);
        }
        return lookup(raw);
    }

    private static Lookup lookup(Lookup raw) {
        if (!(raw instanceof Lookup.Found(Bytes object, long version)) || isTombstone(object)) {
            return Lookup.ABSENT;
        }
        return new Lookup.Found(value(object), known(object, version));
    }

    /// The same of several. An object for each is made when it is looked at.
    static List<Lookup> lookups(String table, List<Bytes> keys, List<Lookup> raw) {
        for (int i = 0; i < raw.size(); i++) {
            if (raw.get(i) instanceof Lookup.Found(Bytes object, _)) {
                check(table, keys.get(i), object);
            }
        }
        return new LazyList<>(raw.size(), i -> lookup(raw.get(i)));
    }

    private static StoredObject decode(String table, Bytes key, Bytes raw, long version) {
        check(table, key, raw);
        RecordReader in = new RecordReader(raw);
        in.u8();
        in.u8();
        Stamp stamp = new Stamp(in.i32(), in.i64());
        return new StoredObject(version, isTombstone(raw) ? 0 : known(raw, version), stamp, raw);
    }

    private static void check(String table, Bytes key, Bytes raw) {
        boolean isOurs =
                raw.length() >= HEADER_BYTES
                        && (raw.at(0) == FORMAT
                                || isAgain(raw)
                                        && raw.length() >= AGAIN_HEADER_BYTES
                                        && !isTombstone(raw)
                                        && known(raw, 0) != 0);
        if (!isOurs) {
            throw new DamagedRecordException(
                    "table %s, key %s: not an object of this engine: %.40s"
                            .formatted(table, key, raw));
        }
    }

    private static boolean isAgain(Bytes raw) {
        return raw.at(0) == FORMAT_AGAIN;
    }

    private static boolean isTombstone(Bytes raw) {
        return (raw.at(1) & TOMBSTONE) != 0;
    }

    /// The version that users know of a value that the cluster has in the given one.
    private static long known(Bytes raw, long version) {
        return isAgain(raw) ? new RecordReader(raw.slice(HEADER_BYTES, Long.BYTES)).i64() : version;
    }

    boolean isLive() {
        return liveVersion != 0;
    }

    Bytes value() {
        return value(raw);
    }

    private static Bytes value(Bytes raw) {
        int header = isAgain(raw) ? AGAIN_HEADER_BYTES : HEADER_BYTES;
        return raw.slice(header, raw.length() - header);
    }
}
