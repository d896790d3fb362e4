package org.edgeplex.state.ramcloud.wire;

/// The numbers of operations that are done exactly once, and up to which of them all are finished:
/// servers forget the answers to those. Safe for use by several threads.
final class RpcIds {
    /// So many numbers may lie between the oldest that is not finished and the newest: what a
    /// server remembers of one client.
    static final int WINDOW = 512;

    private final boolean[] outstanding = new boolean[WINDOW];
    private long next = 1;
    private long firstOutstanding = 1;

    /// A new number, or 0: the oldest ones must finish first.
    synchronized long next() {
        if (next - firstOutstanding == WINDOW) {
            return 0;
        }
        outstanding[(int) (next % WINDOW)] = true;
        return next++;
    }

    /// No answer to it matters any more.
    synchronized void finished(long rpcId) {
        if (rpcId < firstOutstanding || rpcId >= next) {
            return;
        }
        outstanding[(int) (rpcId % WINDOW)] = false;
        while (firstOutstanding < next && !outstanding[(int) (firstOutstanding % WINDOW)]) {
            firstOutstanding++;
        }
    }

    /// Up to here all are finished.
    synchronized long acknowledged() {
        return firstOutstanding - 1;
    }
}
