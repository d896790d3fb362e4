package org.edgeplex.dataplane.forward;

import java.util.BitSet;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.telemetry.TrafficRows;

/// Packets and bytes by label, or by stack of labels. Who the rows are of changes between bursts
/// only.
final class LabelCounters {
    /// A row that counts for nobody in particular: labels beyond the table.
    static final int OTHERS = 0;

    private final TrafficRows rows;
    private final long recent;
    private final BitSet taken = new BitSet();

    LabelCounters(TrafficRows rows) {
        this.rows = rows;
        recent = rows.recent();
        taken.set(OTHERS);
    }

    int rowCount() {
        return rows.rowCount();
    }

    /// Takes a row for a label, or [#OTHERS] when all are taken.
    int take(MplsLabel label) {
        int row = taken.nextClearBit(0);
        if (row >= rows.rowCount()) {
            return OTHERS;
        }
        taken.set(row);
        rows.set(row, label.value(), TrafficRows.NONE, TrafficRows.NONE);
        return row;
    }

    void giveBack(int row) {
        if (row != OTHERS) {
            taken.clear(row);
            rows.clear(row);
        }
    }

    /// The row is of what this adjacency pushes, if it does. If not, it stays what it was: the same
    /// labels may come back, as they do when the CVM was away.
    void set(int row, Adjacency adjacency) {
        if (adjacency instanceof Adjacency.Labelled labelled) {
            rows.set(row, label(labelled, 0), label(labelled, 1), label(labelled, 2));
        }
    }

    private static int label(Adjacency.Labelled adjacency, int depth) {
        return depth < adjacency.labels().size()
                ? adjacency.labels().get(depth).value()
                : TrafficRows.NONE;
    }

    /// Adds packets with their bytes, in a sum of [TrafficRows#packets].
    void add(int row, long sum) {
        if (addUnsettled(row, sum) < 0) {
            rows.settle(row);
        }
    }

    /// The same where a burst is added packet by packet. If what is returned is negative, the row
    /// must be settled after the burst.
    long addUnsettled(int row, long sum) {
        long address = recent + ((long) row << 3);
        long word = Memory.getLong(address) + sum;
        Memory.putLong(address, word);
        return word;
    }

    /// If it must be.
    void settle(int row) {
        add(row, 0);
    }

    long packets(int row) {
        return rows.packets(row);
    }

    long bytes(int row) {
        return rows.bytes(row);
    }
}
