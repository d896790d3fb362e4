package org.edgeplex.dataplane.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Frames in a file that every forwarder's driver reads (the classic format of libpcap).
final class PcapFile {
    private static final int MAGIC = 0xa1b2_c3d4;
    private static final int HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int SNAPSHOT_BYTES = 65_535;
    private static final int ETHERNET = 1;

    private PcapFile() {}

    static void write(Path file, List<byte[]> frames) {
        int bytes = frames.stream().mapToInt(frame -> RECORD_HEADER_BYTES + frame.length).sum();
        ByteBuffer content = ByteBuffer.allocate(HEADER_BYTES + bytes);
        content.order(ByteOrder.nativeOrder());
        content.putInt(MAGIC).putShort((short) 2).putShort((short) 4).putLong(0);
        content.putInt(SNAPSHOT_BYTES).putInt(ETHERNET);
        for (byte[] frame : frames) {
            content.putLong(0).putInt(frame.length).putInt(frame.length).put(frame);
        }
        try {
            Files.write(file, content.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
