package org.edgeplex.state.ramcloud.wire;

import java.time.Duration;
import java.util.Optional;
import org.edgeplex.state.ramcloud.ClusterFailures;
import org.edgeplex.state.ramcloud.PendingCall;
import org.edgeplex.state.ramcloud.PendingCalls;

/// GET_TABLE_ID and CREATE_TABLE: a call of the coordinator, which no lane sees.
final class TableCall extends PendingCall<Optional<Long>> {
    private final String name;
    private final boolean create;
    private volatile Optional<Long> tableId = Optional.empty();

    /// @param create the table, if there is none
    TableCall(String name, boolean create, Duration timeout, PendingCalls calls) {
        super(1, timeout, calls);
        this.name = name;
        this.create = create;
    }

    String name() {
        return name;
    }

    boolean create() {
        return create;
    }

    void found(long id) {
        tableId = Optional.of(id);
        answeredOne();
    }

    void notFound() {
        answeredOne();
    }

    @Override
    protected Optional<Long> result() {
        return tableId;
    }

    @Override
    protected Optional<Long> resultSoFar(String why) {
        throw ClusterFailures.late("looking for table " + name, why);
    }
}
