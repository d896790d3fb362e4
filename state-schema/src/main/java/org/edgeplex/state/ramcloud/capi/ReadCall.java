package org.edgeplex.state.ramcloud.capi;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;

/// Reads, which may be divided and put together with others'.
final class ReadCall extends Call<List<Lookup>> {
    private final List<ObjectKey> keys;
    private final Lookup[] results;

    ReadCall(List<ObjectKey> keys, long deadlineNanos, Consumer<Call<?>> whenDone) {
        super(keys.size(), deadlineNanos, whenDone);
        this.keys = keys;
        this.results = new Lookup[keys.size()];
        Arrays.fill(results, Lookup.ABSENT);
    }

    ObjectKey key(int index) {
        return keys.get(index);
    }

    void answer(int index, Answer answer) {
        switch (answer.status()) {
            case Status.OK -> {
                results[index] = new Lookup.Found(answer.value(), answer.version());
                answeredOne();
            }
            case Status.OBJECT_DOESNT_EXIST -> answeredOne();
            default -> endWith(Failures.refused("read", key(index).tableId(), answer.status()));
        }
    }

    @Override
    List<Lookup> result() {
        return Collections.unmodifiableList(Arrays.asList(results));
    }

    @Override
    protected void expire(String why) {
        future().completeExceptionally(Failures.late("reading", why));
    }
}
