package org.edgeplex.state.dump;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.TableId;

/// A hash over objects in any order: the sum of the SHA-256 of each, in lanes of eight octets.
///
/// Versions are not in it, so the same state has the same hash in every engine. It finds
/// differences, not forgers: who may choose the objects can make two sums equal.
public final class StateHash {
    private static final int LANES = 4;
    private static final int HEAD_BYTES = 6;

    private final MessageDigest digest = sha256();
    private final byte[] head = new byte[HEAD_BYTES];
    private final long[] lanes = new long[LANES];
    private long count;

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Adds one object: table number (2), length of the key (4), key, value.
    public void add(TableId table, Bytes key, Bytes value) {
        ByteBuffer.wrap(head).putShort((short) table.number()).putInt(key.length());
        digest.update(head);
        digest.update(key.asByteBuffer());
        digest.update(value.asByteBuffer());
        ByteBuffer sum = ByteBuffer.wrap(digest.digest());
        for (int i = 0; i < LANES; i++) {
            lanes[i] += sum.getLong();
        }
        count++;
    }

    /// Adds all that the other was given.
    public void add(StateHash other) {
        for (int i = 0; i < LANES; i++) {
            lanes[i] += other.lanes[i];
        }
        count += other.count;
    }

    public long count() {
        return count;
    }

    /// Hexadecimal; of nothing at all: zeros.
    @Override
    public String toString() {
        return "%016x%016x%016x%016x".formatted(lanes[0], lanes[1], lanes[2], lanes[3]);
    }
}
