package org.edgeplex.state;

import java.util.function.BiConsumer;
import java.util.function.Function;

/// How records of one table are laid out: one octet of version, then the fields.
///
/// A reader of version N reads N-1 (what is missing gets its stated default) and N+1 (it ignores
/// the fields behind those it knows): programs of two releases work side by side.
public interface RecordCodec<V> {
    Bytes encode(V value);

    /// Fails with [DamagedRecordException].
    V decode(Bytes bytes);

    /// A record whose first layout, version 1, is still the only one.
    static <V> RecordCodec<V> of(
            BiConsumer<RecordWriter, V> write, Function<RecordReader, V> read) {
        return new RecordCodec<>() {
            @Override
            public Bytes encode(V value) {
                RecordWriter writer = new RecordWriter().u8(1);
                write.accept(writer, value);
                return writer.toBytes();
            }

            @Override
            public V decode(Bytes bytes) {
                RecordReader reader = new RecordReader(bytes);
                if (reader.u8() == 0) {
                    throw new DamagedRecordException("version 0");
                }
                return Damage.named(() -> read.apply(reader));
            }
        };
    }
}
