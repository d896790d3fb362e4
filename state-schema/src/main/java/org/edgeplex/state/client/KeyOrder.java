package org.edgeplex.state.client;

/// Which keys are under way, so that operations on one key keep their order.
///
/// Keys share places by their hash: two that meet in one wait for each other now and then, which
/// costs a little time and never the order.
final class KeyOrder {
    private static final int PLACES = 1 << 14;

    private final int[] underWay = new int[PLACES];
    private final long[] skippedIn = new long[PLACES];
    private long batch;

    void beginBatch() {
        batch++;
    }

    /// Whether nothing on this key is under way or was left back from this batch.
    boolean maySend(Operation operation) {
        int place = place(operation);
        return underWay[place] == 0 && skippedIn[place] != batch;
    }

    void skip(Operation operation) {
        skippedIn[place(operation)] = batch;
    }

    void sent(Operation operation) {
        underWay[place(operation)]++;
    }

    void returned(Operation operation) {
        underWay[place(operation)]--;
    }

    private static int place(Operation operation) {
        return operation.keyHash() & PLACES - 1;
    }
}
