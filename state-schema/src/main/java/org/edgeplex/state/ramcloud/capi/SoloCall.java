package org.edgeplex.state.ramcloud.capi;

import java.time.Duration;
import java.util.function.Function;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.ramcloud.ClusterFailures;
import org.edgeplex.state.ramcloud.PendingCalls;
import org.jspecify.annotations.Nullable;

/// One operation that shares the library with no other.
final class SoloCall<T> extends Call<T> {
    private final String what;
    private final Function<Connection, T> operation;
    private @Nullable T result;

    /// @param what it is, for the message of a failure
    /// @param operation fails with [StoreException]
    SoloCall(String what, Function<Connection, T> operation, Duration timeout, PendingCalls calls) {
        super(1, timeout, calls);
        this.what = what;
        this.operation = operation;
    }

    void perform(Connection connection) {
        try {
            result = operation.apply(connection);
        } catch (StoreException e) {
            endWith(e);
            return;
        }
        answeredOne();
    }

    @Override
    protected T result() {
        if (result == null) {
            throw new IllegalStateException("there is no answer yet");
        }
        return result;
    }

    @Override
    protected T resultSoFar(String why) {
        throw ClusterFailures.late(what, why);
    }
}
