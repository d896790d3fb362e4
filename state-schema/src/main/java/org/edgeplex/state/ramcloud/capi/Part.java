package org.edgeplex.state.ramcloud.capi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Some operations of one call that go into the library at once, alone or with other parts.
///
/// @param from the first operation's index
/// @param to the index behind the last
/// @param bytes what the keys of reads need in the memory of a [Batch]
record Part(Call<?> call, int from, int to, int bytes) {
    int size() {
        return to - from;
    }

    static List<Part> of(SoloCall<?> call) {
        return List.of(new Part(call, 0, 1, 0));
    }

    static List<Part> of(ReadCall call) {
        List<Part> parts = new ArrayList<>(1);
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < call.size(); i++) {
            int next = call.key(i).key().length();
            if (i - from == Batch.ITEMS_MAX || bytes + next > Batch.REQUEST_BYTES) {
                parts.add(new Part(call, from, i, bytes));
                from = i;
                bytes = 0;
            }
            bytes += next;
        }
        parts.add(new Part(call, from, call.size(), bytes));
        return parts;
    }

    /// Each by itself: the library repeats a batch of writes without a word, and so may do one
    /// twice.
    static List<Part> of(WriteCall call) {
        return IntStream.range(0, call.size()).mapToObj(i -> new Part(call, i, i + 1, 0)).toList();
    }
}
