package org.edgeplex.state.ramcloud.capi;

import org.edgeplex.state.StoreException;

/// What a caller is told when the cluster does not do its work.
final class Failures {
    private Failures() {}

    static StoreException late(String what, String why) {
        return new StoreException(
                what
                        + ": "
                        + why
                        + ": see that the coordinator and the servers of the cluster run and that"
                        + " this machine reaches them");
    }

    static StoreException refused(String what, long tableId, int status) {
        return status == Status.TABLE_DOESNT_EXIST
                ? new StoreException(
                        "RAMCloud has no table %d: it was dropped, or the cluster was started anew"
                                .formatted(tableId))
                : new StoreException(
                        "RAMCloud refused to %s in table %d: %s"
                                .formatted(what, tableId, Status.name(status)));
    }
}
