package org.edgeplex.dataplane.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.edgeplex.state.FileFailure;

/// Reads a frame of a capture file in the classic format of libpcap, which tcpdump writes.
final class PcapReader {
    private static final int MAGIC_MICROS = 0xa1b2_c3d4;
    private static final int MAGIC_NANOS = 0xa1b2_3c4d;
    private static final int HEADER_BYTES = 24;
    private static final int LINK_TYPE = 20;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int CAPTURED = 8;
    private static final int ETHERNET = 1;

    /// Longer ones fit in no buffer of the data plane.
    private static final int FRAME_BYTES_MAX = 2048;

    private PcapReader() {}

    /// The frame of this number; the first one is 1.
    ///
    /// @throws IllegalArgumentException saying what is wrong with the file
    static byte[] read(Path file, int number) {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer header = bytes(channel, file, 0, HEADER_BYTES);
            ByteOrder order = order(header, file);
            if (header.order(order).getInt(LINK_TYPE) != ETHERNET) {
                throw new IllegalArgumentException(file + " holds no Ethernet frames");
            }
            long at = HEADER_BYTES;
            for (int i = 1; ; i++) {
                int captured =
                        bytes(channel, file, at, RECORD_HEADER_BYTES).order(order).getInt(CAPTURED);
                if (captured < 0 || captured > 1 << 18) {
                    throw new IllegalArgumentException(file + " is damaged at byte " + at);
                }
                at += RECORD_HEADER_BYTES;
                if (i == number) {
                    return frame(channel, file, at, captured);
                }
                at += captured;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(FileFailure.text(e), e);
        }
    }

    private static byte[] frame(FileChannel channel, Path file, long at, int captured)
            throws IOException {
        if (captured > FRAME_BYTES_MAX) {
            throw new IllegalArgumentException("a frame of " + captured + " bytes in " + file);
        }
        return bytes(channel, file, at, captured).array();
    }

    private static ByteOrder order(ByteBuffer header, Path file) {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            int magic = header.order(order).getInt(0);
            if (magic == MAGIC_MICROS || magic == MAGIC_NANOS) {
                return order;
            }
        }
        throw new IllegalArgumentException(
                file + " is no capture file of libpcap (for pcapng: tcpdump -r FILE -w OTHER)");
    }

    private static ByteBuffer bytes(FileChannel channel, Path file, long at, int count)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new IllegalArgumentException(file + " has no such frame");
            }
        }
        return bytes.flip();
    }
}
