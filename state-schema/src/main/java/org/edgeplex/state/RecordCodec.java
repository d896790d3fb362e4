package org.edgeplex.state;

import java.util.function.BiConsumer;
import java.util.function.Function;

/// How records of one table are laid out: one octet of layout version, then the fields.
///
/// A reader of version N reads N-1 (what is missing gets its stated default) and N+1 (what is
/// behind the fields that it knows are [LaterFields], kept when the record is rewritten): programs
/// of two releases work side by side.
public interface RecordCodec<V> {
    /// A record and what a later release added to it.
    record Decoded<V>(V value, LaterFields later) {}

    /// Reads the fields of a record of some layout version.
    @FunctionalInterface
    interface FieldsReader<V> {
        /// Reads the fields in their order.
        ///
        /// @param layoutVersion below the codec's own: the fields that came since are not there
        V read(RecordReader in, int layoutVersion);
    }

    /// The record of a rewrite: what was read with it goes behind it again.
    Bytes encode(V value, LaterFields later);

    /// Fails with [DamagedRecordException].
    Decoded<V> read(Bytes bytes);

    default Bytes encode(V value) {
        return encode(value, LaterFields.NONE);
    }

    /// Fails with [DamagedRecordException].
    default V decode(Bytes bytes) {
        return read(bytes).value();
    }

    /// A record whose first layout, version 1, is still the only one.
    static <V> RecordCodec<V> of(
            BiConsumer<RecordWriter, V> write, Function<RecordReader, V> read) {
        return of(1, write, (in, _) -> read.apply(in));
    }

    /// A record that has grown.
    ///
    /// @param layoutVersion the version that is written, raised by each release that adds fields
    static <V> RecordCodec<V> of(
            int layoutVersion, BiConsumer<RecordWriter, V> write, FieldsReader<V> read) {
        return new RecordCodec<>() {
            @Override
            public Bytes encode(V value, LaterFields later) {
                RecordWriter writer =
                        new RecordWriter().u8(Math.max(layoutVersion, later.layoutVersion()));
                write.accept(writer, value);
                return writer.raw(later.octets()).toBytes();
            }

            @Override
            public Decoded<V> read(Bytes bytes) {
                RecordReader reader = new RecordReader(bytes);
                int version = reader.u8();
                if (version == 0) {
                    throw new DamagedRecordException("version 0");
                }
                V value = Damage.named(() -> read.read(reader, version));
                return new Decoded<>(value, later(reader, version));
            }

            private LaterFields later(RecordReader reader, int version) {
                if (version > layoutVersion) {
                    return new LaterFields(version, reader.raw(reader.remaining()).compact());
                }
                if (reader.remaining() > 0) {
                    throw new DamagedRecordException(
                            "%d octets behind the fields of version %d"
                                    .formatted(reader.remaining(), version));
                }
                return LaterFields.NONE;
            }
        };
    }
}
