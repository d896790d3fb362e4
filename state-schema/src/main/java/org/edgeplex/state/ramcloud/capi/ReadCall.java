package org.edgeplex.state.ramcloud.capi;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ramcloud.ClusterFailures;
import org.edgeplex.state.ramcloud.PendingCalls;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.Status;

/// Reads, which may be divided and put together with others'.
final class ReadCall extends Call<List<Lookup>> {
    private final List<ObjectKey> keys;
    private final Lookup[] results;

    ReadCall(List<ObjectKey> keys, Duration timeout, PendingCalls calls) {
        super(keys.size(), timeout, calls);
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
            default ->
                    endWith(ClusterFailures.refused("read", key(index).tableId(), answer.status()));
        }
    }

    @Override
    protected List<Lookup> result() {
        return Collections.unmodifiableList(Arrays.asList(results));
    }

    @Override
    protected List<Lookup> resultSoFar(String why) {
        throw ClusterFailures.late("reading", why);
    }
}
