package org.edgeplex.state.lmdb;

import java.nio.ByteBuffer;

/// The environment after a transaction, `MDB_meta`: in one of the file's first two pages.
///
/// @param mapBytes the largest map of those who wrote
/// @param lastPage the highest that was ever used
/// @param free the tree of pages that may be used again, by the transaction that let them go
/// @param main the tree of databases
record Meta(int pageBytes, long mapBytes, long lastPage, long transaction, Tree free, Tree main) {
    /// How many pages the file has of it.
    static final int PAGES = 2;

    static final int BYTES = 152;

    private static final int MAGIC = 0xBEEFC0DE;
    private static final int KIND = 0x08;
    private static final int KIND_OFFSET = 10;
    private static final int MAGIC_OFFSET = 16;
    private static final int VERSION_OFFSET = 20;
    private static final int MAP_BYTES_OFFSET = 32;
    private static final int TREES_OFFSET = 40;
    private static final int LAST_PAGE_OFFSET = 136;
    private static final int TRANSACTION_OFFSET = 144;

    static boolean isAt(ByteBuffer page) {
        return page.getInt(MAGIC_OFFSET) == MAGIC && page.getShort(KIND_OFFSET) == KIND;
    }

    static int version(ByteBuffer page) {
        return page.getInt(VERSION_OFFSET);
    }

    static Meta at(ByteBuffer page) {
        return new Meta(
                // The library notes it where other trees have the length of their values.
                page.getInt(TREES_OFFSET),
                page.getLong(MAP_BYTES_OFFSET),
                page.getLong(LAST_PAGE_OFFSET),
                page.getLong(TRANSACTION_OFFSET),
                Tree.at(page, TREES_OFFSET),
                Tree.at(page, TREES_OFFSET + Tree.BYTES));
    }
}
