package org.edgeplex.state.ramcloud.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RpcIdsTest {
    private final RpcIds ids = new RpcIds();

    @Test
    void whatIsFinishedWithoutAGapIsAcknowledged() {
        assertEquals(1, ids.next());
        assertEquals(2, ids.next());
        assertEquals(3, ids.next());
        assertEquals(0, ids.acknowledged());
        ids.finished(2);
        assertEquals(0, ids.acknowledged());
        ids.finished(1);
        assertEquals(2, ids.acknowledged());
        ids.finished(1);
        ids.finished(3);
        assertEquals(3, ids.acknowledged());
    }

    @Test
    void thereAreOnlySoManyAtOnce() {
        for (int i = 1; i <= RpcIds.WINDOW; i++) {
            assertEquals(i, ids.next());
        }
        assertEquals(0, ids.next());
        ids.finished(2);
        assertEquals(0, ids.next());
        ids.finished(1);
        assertEquals(RpcIds.WINDOW + 1, ids.next());
    }
}
