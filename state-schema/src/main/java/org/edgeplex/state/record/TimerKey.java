package org.edgeplex.state.record;

import org.edgeplex.state.Bytes;
import org.edgeplex.state.KeyCodec;
import org.edgeplex.state.RecordWriter;

/// Key of a timer: its name, and the shard that follows from it.
///
/// The time is not part of the key: a timer that moves stays one object, so no crash leaves two.
public record TimerKey(int shard, String id) {
    /// Fixed: every instance must find the same shard.
    public static final int SHARDS = 4;

    public static final KeyCodec<TimerKey> CODEC =
            KeyCodec.of(
                    (out, key) -> out.u8(key.shard).text(key.id),
                    in -> new TimerKey(in.u8(), in.text()));

    public TimerKey {
        if (shard != shardOf(id)) {
            throw new IllegalArgumentException(
                    "timer " + id + " belongs to shard " + shardOf(id) + ", not " + shard);
        }
    }

    public static TimerKey of(String id) {
        return new TimerKey(shardOf(id), id);
    }

    /// What all keys of a shard begin with.
    public static Bytes of(int shard) {
        return new RecordWriter().u8(shard).toBytes();
    }

    private static int shardOf(String id) {
        // String.hashCode is specified, and the same in every release.
        return Math.floorMod(id.hashCode(), SHARDS);
    }
}
