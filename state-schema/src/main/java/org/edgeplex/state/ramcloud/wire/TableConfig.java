package org.edgeplex.state.ramcloud.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Which server has which part of a table: the answer to GET_TABLE_CONFIG (`TableConfig.proto`).
///
/// Of the protocol buffers' encoding just what this one message needs.
record TableConfig(List<Tablet> tablets) {
    private static final int TABLETS_MAX = 1 << 16;
    private static final int LOCATOR_BYTES_MAX = 1_024;
    private static final int VARINT_BYTES_MAX = 10;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    /// A range of hashes.
    ///
    /// @param firstHash unsigned, as `lastHash`, which belongs to it
    /// @param recovering its server died and no other has it yet
    record Tablet(
            long firstHash, long lastHash, boolean recovering, long serverId, String locator) {}

    static TableConfig decode(FrameReader message) {
        List<Tablet> tablets = new ArrayList<>();
        while (message.remaining() > 0) {
            long tag = varint(message);
            if (tag == (1 << 3 | LENGTH)) {
                if (tablets.size() == TABLETS_MAX) {
                    throw new MalformedReplyException("more than " + TABLETS_MAX + " tablets");
                }
                tablets.add(tablet(message.part(length(message))));
            } else {
                skip(message, tag);
            }
        }
        return new TableConfig(tablets);
    }

    private static Tablet tablet(FrameReader message) {
        long firstHash = 0;
        long lastHash = 0;
        boolean recovering = false;
        long serverId = 0;
        String locator = "";
        while (message.remaining() > 0) {
            long tag = varint(message);
            if (tag == (2 << 3 | VARINT)) {
                firstHash = varint(message);
            } else if (tag == (3 << 3 | VARINT)) {
                lastHash = varint(message);
            } else if (tag == (4 << 3 | VARINT)) {
                recovering = varint(message) != 0;
            } else if (tag == (5 << 3 | FIXED64)) {
                serverId = message.u64();
            } else if (tag == (6 << 3 | LENGTH)) {
                locator = locator(message);
            } else {
                skip(message, tag);
            }
        }
        if (Long.compareUnsigned(firstHash, lastHash) > 0) {
            throw new MalformedReplyException("a tablet ends before it begins");
        }
        return new Tablet(firstHash, lastHash, recovering, serverId, locator);
    }

    private static String locator(FrameReader message) {
        int length = length(message);
        if (length > LOCATOR_BYTES_MAX) {
            throw new MalformedReplyException("a locator of " + length + " octets");
        }
        return new String(message.bytes(length).toArray(), StandardCharsets.UTF_8);
    }

    private static void skip(FrameReader message, long tag) {
        switch ((int) (tag & 7)) {
            case VARINT -> varint(message);
            case FIXED64 -> message.bytes(Long.BYTES);
            case LENGTH -> message.bytes(length(message));
            case FIXED32 -> message.bytes(Integer.BYTES);
            default -> throw new MalformedReplyException("a field of unknown form, tag " + tag);
        }
    }

    private static int length(FrameReader message) {
        long length = varint(message);
        if (length < 0 || length > message.remaining()) {
            throw new MalformedReplyException("a field longer than its message");
        }
        return (int) length;
    }

    private static long varint(FrameReader message) {
        long value = 0;
        for (int i = 0; i < VARINT_BYTES_MAX; i++) {
            int next = message.u8();
            value |= (long) (next & 0x7f) << (7 * i);
            if (next < 0x80) {
                return value;
            }
        }
        throw new MalformedReplyException("a number without an end");
    }
}
