package org.edgeplex.state.ramcloud;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.RecordReader;

/// An intent: what its writer will now change; or, with nothing to change, that its writer has
/// ended the use of the log.
///
/// ```
/// format (1) = 1   sequence (8)   session (8)   count (2)
/// each: table number (2)   key length (2)   key   expected version (8)
/// ```
///
/// @param session who appended it, to know one's own
record LogEntry(long sequence, long session, List<Op> ops) {
    static final int OPS_MAX = 10_000;
    static final LogEntry NONE = new LogEntry(0, 0, List.of());

    /// What ends the use of a log.
    static final List<Op> NO_OPS = List.of();

    private static final int FORMAT = 1;
    private static final int HEADER_BYTES = 19;
    private static final int OP_BYTES = 12;

    /// @param expected the version that the object has as long as the change is not done. It is
    ///   never 0: a creation replaces a tombstone
    record Op(int table, Bytes key, long expected) {}

    /// Whether it ended a use of the log: it announces nothing.
    boolean isClosing() {
        return sequence > 0 && ops.isEmpty();
    }

    Bytes encode() {
        int length = HEADER_BYTES;
        for (Op op : ops) {
            length += OP_BYTES + op.key.length();
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put((byte) FORMAT).putLong(sequence).putLong(session).putShort((short) ops.size());
        for (Op op : ops) {
            out.putShort((short) op.table).putShort((short) op.key.length());
            op.key.copyTo(out.array(), out.position());
            out.position(out.position() + op.key.length());
            out.putLong(op.expected);
        }
        return Bytes.wrap(out.array());
    }

    static LogEntry decode(Bytes bytes) {
        RecordReader in = new RecordReader(bytes);
        if (in.u8() != FORMAT) {
            throw new DamagedRecordException("not an intent: %.40s".formatted(bytes));
        }
        long sequence = in.i64();
        long session = in.i64();
        int count = in.u16();
        List<Op> ops = new ArrayList<>(Math.min(count, OPS_MAX));
        for (int i = 0; i < count; i++) {
            ops.add(new Op(in.u16(), in.bytes(), in.i64()));
        }
        return new LogEntry(sequence, session, ops);
    }
}
