package org.edgeplex.dataplane.io.dpdk;

import org.junit.jupiter.api.Tag;

/// The contract over memory shared with another process.
@Tag("machine")
class MemifPortTest extends FarEndPortContract {
    private static final String SOCKET = "@edgeplex-test-" + ProcessHandle.current().pid();

    MemifPortTest() {
        super("memif:server,socket=" + SOCKET, "memif:client,socket=" + SOCKET);
    }

    @Override
    protected boolean wakesSleepers() {
        return false;
    }
}
