package org.edgeplex.state.lmdb;

import java.nio.ByteBuffer;

/// What the file says of a tree of pages: `MDB_db`.
///
/// @param depth its levels, that of the leaves too
/// @param entries in all leaves
/// @param root its page, or [#NO_PAGE]
record Tree(int flags, int depth, long entries, long root) {
    static final int BYTES = 48;
    static final long NO_PAGE = -1;

    private static final int FLAGS_OFFSET = 4;
    private static final int DEPTH_OFFSET = 6;
    private static final int ENTRIES_OFFSET = 32;
    private static final int ROOT_OFFSET = 40;

    static Tree at(ByteBuffer bytes, int offset) {
        return new Tree(
                Short.toUnsignedInt(bytes.getShort(offset + FLAGS_OFFSET)),
                Short.toUnsignedInt(bytes.getShort(offset + DEPTH_OFFSET)),
                bytes.getLong(offset + ENTRIES_OFFSET),
                bytes.getLong(offset + ROOT_OFFSET));
    }

    boolean isEmpty() {
        return root == NO_PAGE;
    }
}
