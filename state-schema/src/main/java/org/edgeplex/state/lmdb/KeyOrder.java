package org.edgeplex.state.lmdb;

import java.util.Arrays;

/// Holds each key of a tree against the one before: a search finds nothing where they are mixed.
final class KeyOrder {
    private byte[] key;
    private byte[] before;
    private int beforeLength = -1;
    private boolean isBoundary;

    /// @param bytesMax of a key
    KeyOrder(int bytesMax) {
        this.key = new byte[bytesMax];
        this.before = new byte[bytesMax];
    }

    void restart() {
        beforeLength = -1;
        isBoundary = false;
    }

    /// Takes the key of a leaf's node.
    ///
    /// @param isNumber in the processor's order
    void key(Page page, int node, boolean isNumber) {
        int length = page.copyKey(node, key);
        if (isNumber) {
            reverse(page, length);
        }
        next(page, length);
        isBoundary = false;
    }

    /// Takes the key of a branch's node, which is above all before, and not above any behind it.
    void boundary(Page page, int node, boolean isNumber) {
        key(page, node, isNumber);
        isBoundary = true;
    }

    private void next(Page page, int length) {
        if (beforeLength >= 0) {
            int order = Arrays.compareUnsigned(before, 0, beforeLength, key, 0, length);
            if (order > 0 || order == 0 && !isBoundary) {
                throw page.damaged("its keys are not in order");
            }
        }
        byte[] free = before;
        before = key;
        beforeLength = length;
        key = free;
    }

    private void reverse(Page page, int length) {
        if (length != Long.BYTES) {
            throw page.damaged("it has a key that is no number");
        }
        for (int i = 0; i < length / 2; i++) {
            byte one = key[i];
            key[i] = key[length - 1 - i];
            key[length - 1 - i] = one;
        }
    }
}
