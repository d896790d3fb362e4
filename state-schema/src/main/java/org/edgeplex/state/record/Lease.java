package org.edgeplex.state.record;

import org.edgeplex.state.Bytes;
import org.edgeplex.state.RecordCodec;
import org.edgeplex.state.RecordReader;

/// Who lives: the current epoch of a holder, and its pulse. Key: the holder's name,
/// `pvm-7/control`.
///
/// Writers: the holder (heartbeat), and who claims or fences it (epoch), always conditionally on
/// the version read. Invariant: the epoch only rises; engines read it to fence
/// ([org.edgeplex.state.Incarnation]).
///
/// @param owner the process that lives this life, for people; empty while fenced
/// @param heartbeat raised by the holder: who watches it compares with its own clock
public record Lease(long epoch, long heartbeat, String owner) {
    public static final RecordCodec<Lease> CODEC =
            RecordCodec.of(
                    (out, lease) -> out.i64(lease.epoch).i64(lease.heartbeat).text(lease.owner),
                    in -> new Lease(in.i64(), in.i64(), in.text()));

    /// The epoch in a stored lease; what an engine needs for fencing, without the rest.
    public static long epochOf(Bytes record) {
        RecordReader in = new RecordReader(record);
        in.u8();
        return in.i64();
    }
}
