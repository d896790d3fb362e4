package org.edgeplex.state;

import java.util.function.BiConsumer;
import java.util.function.Function;

/// How keys of one table are laid out. Keys sort as their fields, so that a prefix scan finds what
/// belongs together.
public interface KeyCodec<K> {
    Bytes encode(K key);

    /// Fails with [DamagedRecordException].
    K decode(Bytes bytes);

    /// A key of fields written one after another.
    static <K> KeyCodec<K> of(BiConsumer<RecordWriter, K> write, Function<RecordReader, K> read) {
        return new KeyCodec<>() {
            @Override
            public Bytes encode(K key) {
                RecordWriter writer = new RecordWriter();
                write.accept(writer, key);
                return writer.toBytes();
            }

            @Override
            public K decode(Bytes bytes) {
                RecordReader reader = new RecordReader(bytes);
                K key = Damage.named(() -> read.apply(reader));
                if (reader.remaining() != 0) {
                    throw new DamagedRecordException("key too long");
                }
                return key;
            }
        };
    }
}
