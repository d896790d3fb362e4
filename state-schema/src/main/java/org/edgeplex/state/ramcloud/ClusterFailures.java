package org.edgeplex.state.ramcloud;

import org.edgeplex.state.StoreException;

/// What a caller is told when the cluster does not do its work; for transports.
public final class ClusterFailures {
    private ClusterFailures() {}

    public static StoreException late(String what, String why) {
        return new StoreException(
                what
                        + ": "
                        + why
                        + ": see that the coordinator and the servers of the cluster run and that"
                        + " this machine reaches them");
    }

    /// It was not done, and will not be.
    ///
    /// @param status as [Status] has them
    public static StoreException refused(String what, long tableId, int status) {
        return status == Status.TABLE_DOESNT_EXIST
                ? noTable(tableId)
                : new StoreException(
                        "RAMCloud refused to %s in table %d: %s"
                                .formatted(what, tableId, Status.name(status)));
    }

    public static StoreException noTable(long tableId) {
        return new StoreException(
                "RAMCloud has no table %d: it was dropped, or the cluster was started anew"
                        .formatted(tableId));
    }
}
