package org.edgeplex.state.client;

/// What a [Batcher] has done since it began, and what it holds.
///
/// @param batches sent
/// @param items in all of them
/// @param deepest the most items in one
/// @param rejected operations refused because so many were not yet answered
/// @param waits of threads for room
/// @param expired operations whose deadline passed
/// @param depth for which a batch waits now
/// @param unanswered operations given and not yet answered
/// @param underWay batches sent and not yet answered
public record BatcherStatistics(
        long batches,
        long items,
        int deepest,
        long rejected,
        long waits,
        long expired,
        int depth,
        int unanswered,
        int underWay) {

    public double itemsPerBatch() {
        return batches == 0 ? 0 : (double) items / batches;
    }
}
