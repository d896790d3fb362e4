package org.edgeplex.state.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Visits each page that a transaction reaches, key by key, and refuses what the library would
/// follow out of the file, in a circle, or into pages that it may overwrite.
final class TreeWalk {
    private enum Kind {
        FREE_PAGES,
        DATABASES,
        RECORDS
    }

    /// The library's cursors have no room for more.
    private static final int DEPTH_MAX = 32;

    /// Of a tree's flags, those that change how its pages are read.
    private static final int FLAGS = 0xff;

    /// `MDB_INTEGERKEY`.
    private static final int KEYS_ARE_NUMBERS = 0x08;

    private final FileChannel channel;
    private final Errors errors;
    private final Meta meta;
    private final Page overflow;
    private final List<Page> pages = new ArrayList<>();
    private final KeyOrder order;
    private final BitSet reached = new BitSet();
    private final List<Tree> databases = new ArrayList<>();
    private Kind kind = Kind.FREE_PAGES;
    private int depth;
    private long entries;

    TreeWalk(FileChannel channel, Errors errors, Meta meta) {
        this.channel = channel;
        this.errors = errors;
        this.meta = meta;
        this.overflow = new Page(channel, errors, meta.pageBytes());
        this.order = new KeyOrder(meta.pageBytes());
    }

    /// Fails with [org.edgeplex.state.StoreException].
    void check() throws IOException {
        walk(meta.free(), Kind.FREE_PAGES);
        walk(meta.main(), Kind.DATABASES);
        for (Tree database : databases) {
            walk(database, Kind.RECORDS);
        }
    }

    private void walk(Tree tree, Kind kindOfTree) throws IOException {
        kind = kindOfTree;
        depth = tree.depth();
        entries = 0;
        order.restart();
        if ((tree.flags() & FLAGS) != (isOfNumbers() ? KEYS_ARE_NUMBERS : 0)) {
            throw errors.damaged("data.mdb: a tree has the flags " + tree.flags());
        }
        if (depth > DEPTH_MAX || (depth == 0) != tree.isEmpty()) {
            throw errors.damaged("data.mdb: a tree has " + depth + " levels");
        }
        if (depth > 0) {
            visit(tree.root(), 1);
        }
        if (entries != tree.entries()) {
            throw errors.damaged(
                    "data.mdb: a tree has %d entries, not %d".formatted(entries, tree.entries()));
        }
    }

    private void visit(long number, int level) throws IOException {
        reach(number, 1);
        Page page = page(level);
        if (level == depth) {
            page.readLeaf(number);
            for (int node = 0; node < page.nodes(); node++) {
                order.key(page, node, isOfNumbers());
                entries++;
                visitValue(page, node);
            }
        } else {
            page.readBranch(number);
            for (int node = 0; node < page.nodes(); node++) {
                if (node > 0) {
                    order.boundary(page, node, isOfNumbers());
                }
                visit(page.child(node), level + 1);
            }
        }
    }

    private void visitValue(Page page, int node) throws IOException {
        switch (page.flags(node)) {
            case Page.ELSEWHERE -> {
                long first = page.value(node).getLong(0);
                visitOverflow(first, page.valueLength(node));
                if (kind == Kind.FREE_PAGES) {
                    reachFree(page, listAt(first, page.valueLength(node)));
                }
            }
            case Page.TREE -> {
                if (kind != Kind.DATABASES || page.valueLength(node) != Tree.BYTES) {
                    throw page.damaged("it has a tree where none may be");
                }
                databases.add(Tree.at(page.value(node), 0));
            }
            default -> {
                if (kind == Kind.FREE_PAGES) {
                    reachFree(page, page.value(node));
                }
            }
        }
    }

    private void visitOverflow(long first, long valueBytes) throws IOException {
        reach(first, 1);
        long count = overflow.readOverflow(first);
        if (valueBytes > count * meta.pageBytes() - Page.HEADER_BYTES) {
            throw overflow.damaged("its value is longer than its pages");
        }
        reach(first + 1, count - 1);
    }

    /// Not more of it than there are pages.
    private ByteBuffer listAt(long first, long valueBytes) throws IOException {
        long bytes = Math.min(valueBytes, meta.lastPage() * Long.BYTES);
        ByteBuffer list = ByteBuffer.allocate((int) bytes);
        long position = first * meta.pageBytes() + Page.HEADER_BYTES;
        if (!DataFile.read(channel, list, position)) {
            throw overflow.damaged("the file ends in it");
        }
        return list.flip();
    }

    /// A list of pages that may be used again: their count, then the highest first.
    private void reachFree(Page page, ByteBuffer list) {
        list.order(ByteOrder.nativeOrder());
        long count = list.remaining() < Long.BYTES ? -1 : list.getLong();
        if (count < 0 || count > list.remaining() / Long.BYTES) {
            throw page.damaged("it has a list of free pages that is longer than its value");
        }
        long above = Long.MAX_VALUE;
        for (long i = 0; i < count; i++) {
            long free = list.getLong();
            if (free >= above) {
                throw page.damaged("it has a list of free pages that is not in order");
            }
            reach(free, 1);
            above = free;
        }
    }

    private void reach(long first, long count) {
        if (first < Meta.PAGES || first + count - 1 > meta.lastPage()) {
            throw errors.damaged("page " + first + " of data.mdb: it is not inside of the file");
        }
        int from = (int) first;
        int to = (int) (first + count);
        int next = reached.nextSetBit(from);
        if (next >= 0 && next < to) {
            throw errors.damaged("page " + next + " of data.mdb: it is used twice");
        }
        reached.set(from, to);
    }

    private boolean isOfNumbers() {
        return kind == Kind.FREE_PAGES;
    }

    private Page page(int level) {
        while (pages.size() < level) {
            pages.add(new Page(channel, errors, meta.pageBytes()));
        }
        return pages.get(level - 1);
    }
}
