package org.edgeplex.state.ramcloud.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of octets into frames. Each payload gets an array of just its size, which whoever
/// takes it may keep parts of. For one thread.
public final class FrameDecoder {
    /// Takes the frames.
    @FunctionalInterface
    public interface Frames {
        void frame(long nonce, byte[] payload);
    }

    private final byte[] header = new byte[Protocol.FRAME_HEADER_BYTES];
    private final ByteBuffer headerFields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    private int headerBytes;
    private byte @Nullable [] payload;
    private int payloadBytes;

    /// Takes all that the buffer has.
    ///
    /// @throws MalformedReplyException the length of a frame is not possible; nothing more can be
    ///   understood of this stream
    public void feed(ByteBuffer bytes, Frames frames) {
        while (bytes.hasRemaining()) {
            byte[] current = payload;
            if (current == null) {
                current = beginPayload(bytes);
                if (current == null) {
                    return;
                }
            }
            int count = Math.min(bytes.remaining(), current.length - payloadBytes);
            bytes.get(current, payloadBytes, count);
            payloadBytes += count;
            if (payloadBytes == current.length) {
                payload = null;
                frames.frame(headerFields.getLong(0), current);
            }
        }
    }

    private byte @Nullable [] beginPayload(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), header.length - headerBytes);
        bytes.get(header, headerBytes, count);
        headerBytes += count;
        if (headerBytes < header.length) {
            return null;
        }
        headerBytes = 0;
        int length = headerFields.getInt(Long.BYTES);
        if (length < 0 || length > Protocol.PAYLOAD_BYTES_MAX) {
            throw new MalformedReplyException(
                    "a frame of %d octets, at most %d are allowed"
                            .formatted(Integer.toUnsignedLong(length), Protocol.PAYLOAD_BYTES_MAX));
        }
        payloadBytes = 0;
        payload = new byte[length];
        return payload;
    }
}
