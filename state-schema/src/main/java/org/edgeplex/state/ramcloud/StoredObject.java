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
/// format (1) = 1   flags (1): 1 tombstone   log number (4)   sequence number (8)   value
/// ```
///
/// The header says which intent wrote it. A tombstone is an object that users do not see: its
/// version is what a creation is conditional on.
///
/// @param version the cluster's; 0: there is nothing, not even a tombstone
/// @param raw header and value
record StoredObject(long version, boolean isLive, Stamp stamp, Bytes raw) {
    static final int HEADER_BYTES = 14;

    private static final int FORMAT = 1;
    private static final int TOMBSTONE = 1;
    private static final StoredObject NOTHING = new StoredObject(0, false, Stamp.NONE, Bytes.EMPTY);

    /// The intent that wrote an object.
    record Stamp(int log, long sequence) {
        /// Of a tombstone that nothing came before: it is no change.
        static final Stamp NONE = new Stamp(0, 0);
    }

    static Bytes encode(Stamp stamp, Bytes value) {
        return encode(0, stamp, value);
    }

    static Bytes tombstone(Stamp stamp) {
        return encode(TOMBSTONE, stamp, Bytes.EMPTY);
    }

    private static Bytes encode(int flags, Stamp stamp, Bytes value) {
        byte[] bytes = new byte[HEADER_BYTES + value.length()];
        ByteBuffer.wrap(bytes)
                .put((byte) FORMAT)
                .put((byte) flags)
                .putInt(stamp.log)
                .putLong(stamp.sequence);
        value.copyTo(bytes, HEADER_BYTES);
        return Bytes.wrap(bytes);
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
        if (!(raw instanceof Lookup.Found(Bytes object, long version))) {
            return Lookup.ABSENT;
        }
        return (object.at(1) & TOMBSTONE) == 0
                ? new Lookup.Found(value(object), version)
                : Lookup.ABSENT;
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

    private static void check(String table, Bytes key, Bytes raw) {
        if (raw.length() < HEADER_BYTES || raw.at(0) != FORMAT) {
            throw new DamagedRecordException(
                    "table %s, key %s: not an object of this engine: %.40s"
                            .formatted(table, key, raw));
        }
    }

    private static StoredObject decode(String table, Bytes key, Bytes raw, long version) {
        check(table, key, raw);
        RecordReader in = new RecordReader(raw);
        in.u8();
        boolean tombstone = (in.u8() & TOMBSTONE) != 0;
        return new StoredObject(version, !tombstone, new Stamp(in.i32(), in.i64()), raw);
    }

    /// The version that users know.
    long liveVersion() {
        return isLive ? version : 0;
    }

    Bytes value() {
        return value(raw);
    }

    private static Bytes value(Bytes raw) {
        return raw.slice(HEADER_BYTES, raw.length() - HEADER_BYTES);
    }
}
