package org.edgeplex.openflow.loxi;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// One OpenFlow message as it is on the wire (OpenFlow 1.4.0, section 7.1.1).
///
/// ```
///  0               1               2               3
/// |    version    |     type      |            length             |
/// |                              xid                              |
/// |                          (type's own) ...
/// ```
final class Frame {
    static final int HEADER_BYTES = 8;
    static final int FRAME_BYTES_MAX = 0xffff;

    static final int VERSION_1_4 = 5;

    static final int HELLO = 0;
    static final int ERROR = 1;
    static final int ECHO_REQUEST = 2;
    static final int FEATURES_REPLY = 6;
    static final int MULTIPART_REPLY = 19;
    static final int BARRIER_REPLY = 21;
    static final int BUNDLE_CONTROL = 33;
    static final int BUNDLE_ADD = 34;

    /// The peer's bytes are no OpenFlow message.
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    private final byte[] bytes;

    Frame(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            throw new IllegalArgumentException("no OpenFlow header in " + bytes.length + " bytes");
        }
        this.bytes = bytes;
    }

    /// Blocks until there is a whole message.
    ///
    /// @throws EOFException at the end of the stream
    /// @throws Malformed if the length is less than that of the header
    static Frame read(DataInputStream in) throws IOException {
        byte[] header = new byte[HEADER_BYTES];
        in.readFully(header);
        int length = ByteBuffer.wrap(header).getShort(2) & 0xffff;
        if (length < HEADER_BYTES) {
            throw new Malformed("OpenFlow length " + length);
        }
        byte[] bytes = Arrays.copyOf(header, length);
        in.readFully(bytes, HEADER_BYTES, length - HEADER_BYTES);
        return new Frame(bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    int version() {
        return bytes[0] & 0xff;
    }

    int type() {
        return bytes[1] & 0xff;
    }

    int xid() {
        return body().getInt(4);
    }

    /// The whole message, header included: positions are those of the specification.
    ByteBuffer body() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }
}
