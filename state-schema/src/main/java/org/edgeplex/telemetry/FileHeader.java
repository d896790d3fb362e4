package org.edgeplex.telemetry;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/// The first 128 bytes of a counters file (see the package).
///
/// @param source whose name is in the description
record FileHeader(State state, int descriptionBytes, long fileBytes, CountersSource source) {
    static final int BYTES = 128;
    static final int VERSION = 1;
    static final int DESCRIPTION_BYTES_MAX = 1 << 18;
    static final long FILE_BYTES_MAX = 1L << 22;

    /// Where the state is: the one field that changes.
    static final int STATE = 12;

    /// "EPCOUNTS", as bytes in this order.
    private static final long MAGIC = 0x5354_4e55_4f43_5045L;

    enum State {
        LIVE(1),
        ENDED(2);

        final int code;

        State(int code) {
            this.code = code;
        }
    }

    ByteBuffer encode() {
        ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putInt(VERSION).putInt(state.code);
        out.putInt(descriptionBytes).putInt(0).putLong(fileBytes);
        out.putLong(source.pid()).putLong(source.started().toEpochMilli());
        out.putLong(source.incarnation()).putInt(source.subject());
        return out.position(0);
    }

    /// The header, without a name.
    ///
    /// @throws CountersFormatException saying why the bytes are no header
    static FileHeader decode(ByteBuffer bytes) throws CountersFormatException {
        ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < BYTES) {
            throw new CountersFormatException("is cut short");
        }
        if (in.getLong() != MAGIC) {
            throw new CountersFormatException("is not a counters file");
        }
        int version = in.getInt();
        if (version != VERSION) {
            throw new CountersFormatException(
                    "has version "
                            + Integer.toUnsignedString(version)
                            + " of the format, this program reads "
                            + VERSION
                            + ": use the programs of one release");
        }
        State state = state(in.getInt());
        int descriptionBytes = in.getInt();
        in.getInt();
        long fileBytes = in.getLong();
        if (descriptionBytes < 0
                || descriptionBytes > DESCRIPTION_BYTES_MAX
                || fileBytes < BYTES + descriptionBytes
                || fileBytes > FILE_BYTES_MAX) {
            throw new CountersFormatException("has a damaged header");
        }
        long pid = in.getLong();
        long startedMillis = in.getLong();
        long incarnation = in.getLong();
        if (startedMillis < 0) {
            throw new CountersFormatException("has a damaged header");
        }
        CountersSource source =
                new CountersSource(
                        in.getInt(), "", pid, Instant.ofEpochMilli(startedMillis), incarnation);
        return new FileHeader(state, descriptionBytes, fileBytes, source);
    }

    private static State state(int code) throws CountersFormatException {
        for (State state : State.values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new CountersFormatException("has a damaged header");
    }
}
