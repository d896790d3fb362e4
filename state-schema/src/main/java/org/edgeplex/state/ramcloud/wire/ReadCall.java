package org.edgeplex.state.ramcloud.wire;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.ramcloud.ClusterFailures;
import org.edgeplex.state.ramcloud.PendingCalls;
import org.edgeplex.state.ramcloud.RamcloudClient.ObjectKey;
import org.edgeplex.state.ramcloud.Status;
import org.edgeplex.state.ramcloud.wire.Requests.LinearId;
import org.jspecify.annotations.Nullable;

/// READ, alone or in a MULTI_OP.
final class ReadCall extends Call<List<Lookup>> {
    private final List<ObjectKey> keys;
    private final Lookup[] results;

    ReadCall(List<ObjectKey> keys, Duration timeout, PendingCalls calls) {
        super(keys.size(), timeout, calls);
        this.keys = keys;
        this.results = new Lookup[keys.size()];
        Arrays.fill(results, Lookup.ABSENT);
    }

    @Override
    Kind kind(int index) {
        return Kind.READ;
    }

    @Override
    long tableId(int index) {
        return keys.get(index).tableId();
    }

    @Override
    long hash(int index) {
        ObjectKey key = keys.get(index);
        return KeyHash.of(key.tableId(), key.key());
    }

    @Override
    int bytes(int index) {
        return Requests.ITEM_BYTES + keys.get(index).key().length();
    }

    @Override
    void encode(FrameWriter out, int index, @Nullable LinearId linear) {
        Requests.read(out, keys.get(index));
    }

    @Override
    void encodeItem(FrameWriter out, int index) {
        Requests.multiRead(out, keys.get(index));
    }

    @Override
    Verdict answer(int index, int status, FrameReader reply, boolean item) {
        Verdict verdict = Verdict.of(status);
        if (verdict != Verdict.DONE && !item) {
            return verdict;
        }
        if (status == Status.OK) {
            long version = reply.u64();
            FrameReader object = reply.part(reply.length());
            // READ answers with the value, an item of a MULTI_OP with the key before it.
            Bytes value =
                    item ? KeyAndValue.decode(object).value() : object.bytes(object.remaining());
            results[index] = new Lookup.Found(value, version);
            return Verdict.DONE;
        }
        if (item) {
            reply.bytes(Long.BYTES + Integer.BYTES);
        }
        if (verdict == Verdict.DONE && status != Status.OBJECT_DOESNT_EXIST) {
            endWith(ClusterFailures.refused("read", keys.get(index).tableId(), status));
        }
        return verdict;
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
