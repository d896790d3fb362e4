package org.edgeplex.state.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.BitSet;
import org.edgeplex.state.StoreException;

/// A page of a tree, `MDB_page`. Once it was read, its nodes are known to lie inside of it.
///
/// ```
/// number (8) | - (2) | kind (2) | lower (2) | upper (2) | offset of each node (2) .. | nodes
/// node of a branch:  page of the child (6)           | key's length (2) | key
/// node of a leaf:    value's length (4) | flags (2)  | key's length (2) | key | value
/// ```
///
/// The nodes fill it from `upper` to its end, in any order, each with an even number of octets.
/// Numbers are in the processor's order.
final class Page {
    static final int HEADER_BYTES = 16;

    /// Flag of a leaf's node: the value lies in pages of its own; the first one's number is here.
    static final int ELSEWHERE = 1;

    /// Flag of a leaf's node: the value is a [Tree].
    static final int TREE = 2;

    private static final int BRANCH = 1;
    private static final int LEAF = 2;
    private static final int OVERFLOW = 4;
    private static final int KIND_OFFSET = 10;
    private static final int LOWER_OFFSET = 12;
    private static final int UPPER_OFFSET = 14;
    private static final int NODE_BYTES = 8;
    private static final int FLAGS_OFFSET = 4;
    private static final int KEY_LENGTH_OFFSET = 6;

    private final FileChannel channel;
    private final Errors errors;
    private final int pageBytes;
    private final ByteBuffer bytes;
    private final BitSet starts;
    private long number;
    private int nodes;

    Page(FileChannel channel, Errors errors, int pageBytes) {
        this.channel = channel;
        this.errors = errors;
        this.pageBytes = pageBytes;
        this.bytes = ByteBuffer.allocateDirect(pageBytes).order(ByteOrder.nativeOrder());
        this.starts = new BitSet(pageBytes);
    }

    void readBranch(long wanted) throws IOException {
        readHead(wanted, pageBytes, BRANCH);
        checkNodes(false);
    }

    void readLeaf(long wanted) throws IOException {
        readHead(wanted, pageBytes, LEAF);
        checkNodes(true);
    }

    /// Reads the head of the pages of a value. Returns how many they are.
    long readOverflow(long wanted) throws IOException {
        readHead(wanted, HEADER_BYTES, OVERFLOW);
        return Integer.toUnsignedLong(bytes.getInt(LOWER_OFFSET));
    }

    int nodes() {
        return nodes;
    }

    long child(int node) {
        return valueLength(node) | (long) flags(node) << Integer.SIZE;
    }

    int flags(int node) {
        return u16(offset(node) + FLAGS_OFFSET);
    }

    /// Returns the key's length.
    int copyKey(int node, byte[] to) {
        int length = u16(offset(node) + KEY_LENGTH_OFFSET);
        bytes.get(offset(node) + NODE_BYTES, to, 0, length);
        return length;
    }

    /// Wherever the value lies.
    long valueLength(int node) {
        return Integer.toUnsignedLong(bytes.getInt(offset(node)));
    }

    /// What of the node is behind its key.
    ByteBuffer value(int node) {
        int at = offset(node) + NODE_BYTES + u16(offset(node) + KEY_LENGTH_OFFSET);
        return bytes.slice(at, pageBytes - at).order(ByteOrder.nativeOrder());
    }

    StoreException damaged(String how) {
        return errors.damaged("page " + number + " of data.mdb: " + how);
    }

    private void readHead(long wanted, int length, int kind) throws IOException {
        number = wanted;
        if (!DataFile.read(channel, bytes.clear().limit(length), wanted * pageBytes)) {
            throw damaged("the file ends before it");
        }
        bytes.clear();
        if (bytes.getLong(0) != wanted) {
            throw damaged("it says that it is page " + bytes.getLong(0));
        }
        if (u16(KIND_OFFSET) != kind) {
            throw damaged("it is of kind " + u16(KIND_OFFSET) + ", not " + kind);
        }
    }

    private void checkNodes(boolean isLeaf) {
        int lower = u16(LOWER_OFFSET);
        int upper = u16(UPPER_OFFSET);
        if (lower <= HEADER_BYTES || lower % 2 != 0 || lower > upper || upper > pageBytes) {
            throw damaged("its nodes are not inside of it");
        }
        nodes = (lower - HEADER_BYTES) / 2;
        starts.clear();
        for (int node = 0; node < nodes; node++) {
            starts.set(offset(node));
        }
        int found = 0;
        long at = upper;
        while (at < pageBytes) {
            if (at > pageBytes - NODE_BYTES || !starts.get((int) at)) {
                throw damaged("its nodes do not lie end to end");
            }
            at += nodeBytes((int) at, isLeaf);
            found++;
        }
        if (at != pageBytes || found != nodes) {
            throw damaged("its nodes do not lie end to end");
        }
    }

    private long nodeBytes(int at, boolean isLeaf) {
        long length = (long) NODE_BYTES + u16(at + KEY_LENGTH_OFFSET);
        if (isLeaf) {
            length +=
                    switch (u16(at + FLAGS_OFFSET)) {
                        case 0 -> Integer.toUnsignedLong(bytes.getInt(at));
                        case ELSEWHERE -> Long.BYTES;
                        case TREE -> Tree.BYTES;
                        default -> throw damaged("it has a value of a kind that is not ours");
                    };
        }
        return length + length % 2;
    }

    private int offset(int node) {
        return u16(HEADER_BYTES + 2 * node);
    }

    private int u16(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }
}
