package org.edgeplex.state.ramcloud;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.RecordReader;
import org.edgeplex.state.RecordWriter;

/// Which logs there are, and whose: one object. A log that nobody uses any more is there for the
/// next holder who needs one; its numbers go on.
///
/// ```
/// format (1) = 2   slots of each log (4)
/// logs: count (2), each flags (1): 1 used   start (8)   name: length (2) and octets
/// ```
///
/// @param logs by number, from 1
record LogDirectory(int slots, List<Log> logs) {
    private static final int FORMAT = 2;
    private static final int USED = 1;

    /// A log.
    ///
    /// @param start the sequence number of the first entry of this use, or of the next one
    record Log(boolean isUsed, long start, Bytes name) {
        private static Log read(RecordReader in) {
            return new Log((in.u8() & USED) != 0, in.i64(), in.bytes());
        }

        private static void write(RecordWriter out, Log log) {
            out.u8(log.isUsed ? USED : 0).i64(log.start).bytes(log.name);
        }

        boolean isOf(Bytes holder) {
            return isUsed && name.equals(holder);
        }
    }

    LogDirectory {
        logs = List.copyOf(logs);
    }

    Bytes encode() {
        return new RecordWriter().u8(FORMAT).i32(slots).list(logs, Log::write).toBytes();
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
        return new LogDirectory(slots, in.list(Log::read));
    }

    Log log(int number) {
        return logs.get(number - 1);
    }

    /// The number of the log; 0: there is none of this name.
    int numberOf(Bytes name) {
        for (int number = 1; number <= logs.size(); number++) {
            if (log(number).isOf(name)) {
                return number;
            }
        }
        return 0;
    }

    /// With a log of this name: one that is free, or else a new one.
    LogDirectory with(Bytes name) {
        for (int number = 1; number <= logs.size(); number++) {
            if (!log(number).isUsed) {
                return replaced(number, new Log(true, log(number).start, name));
            }
        }
        List<Log> more = new ArrayList<>(logs);
        more.add(new Log(true, 1, name));
        return new LogDirectory(slots, more);
    }

    /// Without the user of a log.
    ///
    /// @param start behind the entry that ended its use
    LogDirectory without(int number, long start) {
        return replaced(number, new Log(false, start, Bytes.EMPTY));
    }

    private LogDirectory replaced(int number, Log log) {
        List<Log> changed = new ArrayList<>(logs);
        changed.set(number - 1, log);
        return new LogDirectory(slots, changed);
    }
}
