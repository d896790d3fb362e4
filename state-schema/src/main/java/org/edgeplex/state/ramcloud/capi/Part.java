package org.edgeplex.state.ramcloud.capi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;

/// Some operations of one call that go into the library at once, alone or with other parts.
///
/// @param from the first operation's index
/// @param to the index behind the last
/// @param bytes what keys and values need in the memory of a [Batch]
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

    /// The library does not keep the order of a batch: so no part has a key twice.
    static List<Part> of(WriteCall call) {
        List<Part> parts = new ArrayList<>(1);
        Set<ObjectKey> keys = new HashSet<>();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < call.size(); i++) {
            int next = Batch.bytes(call.write(i));
            boolean isNew = call.size() == 1 || keys.add(call.write(i).key());
            if (!isNew || i - from == Batch.ITEMS_MAX || bytes + next > Batch.REQUEST_BYTES) {
                parts.add(new Part(call, from, i, bytes));
                from = i;
                bytes = 0;
                keys.clear();
                keys.add(call.write(i).key());
            }
            bytes += next;
        }
        parts.add(new Part(call, from, call.size(), bytes));
        return parts;
    }

    /// Adds the keys that this part writes. Returns false, and has added some of them, if one was
    /// there.
    boolean addKeysTo(Set<ObjectKey> keys) {
        if (call instanceof WriteCall writes) {
            for (int i = from; i < to; i++) {
                if (!keys.add(writes.write(i).key())) {
                    return false;
                }
            }
        }
        return true;
    }
}
