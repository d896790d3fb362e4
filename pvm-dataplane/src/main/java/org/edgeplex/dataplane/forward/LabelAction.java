package org.edgeplex.dataplane.forward;

import org.edgeplex.net.MplsLabel;

/// What a label's value in the table says: an action, the adjacency that it needs (the next hop
/// label forwarding entry of RFC 3031, section 3.10), and where the label is counted.
///
/// ```
/// | row of the counters, 12 bits | adjacency, 16 | action, 4 |
/// ```
final class LabelAction {
    /// The label names this access's VRF: it must be the last one.
    static final int POP_AND_ROUTE = 1;

    /// A transport label of this PE: another one must follow.
    static final int POP = 2;

    /// To the next hop of the adjacency, with its labels in place of this one, or with none.
    static final int SWITCH = 3;

    /// An explicit null that may be the last label, and then says of which family the packet is.
    static final int POP_NULL = 4;

    /// So many labels can be counted apart.
    static final int ROWS_MAX = 1 << 12;

    private static final int ACTION_MASK = 0xf;
    private static final int ADJACENCY_SHIFT = 4;
    private static final int ADJACENCY_MASK = 0xffff;
    private static final int ROW_SHIFT = 20;

    private LabelAction() {}

    /// For a label that leads to the table.
    static int toTable(MplsLabel label) {
        return label.isReserved() ? POP_NULL : POP_AND_ROUTE;
    }

    static boolean isToTable(int action) {
        return action == POP_AND_ROUTE || action == POP_NULL;
    }

    static int switchTo(int adjacency) {
        return SWITCH | adjacency << ADJACENCY_SHIFT;
    }

    static int action(int value) {
        return value & ACTION_MASK;
    }

    static int adjacency(int value) {
        return value >>> ADJACENCY_SHIFT & ADJACENCY_MASK;
    }

    static int countedIn(int row, int value) {
        return value | row << ROW_SHIFT;
    }

    static int row(int value) {
        return value >>> ROW_SHIFT;
    }
}
