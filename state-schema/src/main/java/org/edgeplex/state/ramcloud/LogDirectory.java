package org.edgeplex.state.ramcloud;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.RecordReader;
import org.edgeplex.state.RecordWriter;

/// Which logs there are: one object, that only grows.
///
/// ```
/// format (1) = 1   slots of each log (4)   names: count (2), each length (2) and octets
/// ```
///
/// @param names of the logs, by number from 1
record LogDirectory(int slots, List<Bytes> names) {
    private static final int FORMAT = 1;

    LogDirectory {
        names = List.copyOf(names);
    }

    Bytes encode() {
        return new RecordWriter().u8(FORMAT).i32(slots).list(names, RecordWriter::bytes).toBytes();
    }

    static LogDirectory decode(Bytes bytes) {
        RecordReader in = new RecordReader(bytes);
        if (in.u8() != FORMAT) {
            throw new DamagedRecordException("not a directory of logs: %.40s".formatted(bytes));
        }
        int slots = in.i32();
        if (slots < 2) {
            throw new DamagedRecordException("a directory of logs with " + slots + " slots");
        }
        return new LogDirectory(slots, in.list(RecordReader::bytes));
    }

    /// The number of the log; 0: there is none of this name.
    int numberOf(Bytes name) {
        return names.indexOf(name) + 1;
    }

    LogDirectory with(Bytes name) {
        List<Bytes> more = new ArrayList<>(names);
        more.add(name);
        return new LogDirectory(slots, more);
    }
}
