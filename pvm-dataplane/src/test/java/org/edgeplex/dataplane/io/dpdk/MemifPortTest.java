package org.edgeplex.dataplane.io.dpdk;

import java.util.List;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketIoContract;
import org.edgeplex.dataplane.io.PacketPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract over memory shared with another process.
@Tag("machine")
class MemifPortTest extends PacketIoContract {
    private static OpenPort near;
    private static FarEnd far;

    @BeforeAll
    static void open() throws Exception {
        near = OpenPort.open("memif:server,socket=@edgeplex-test-" + ProcessHandle.current().pid());
        far = FarEnd.open("memif:client,socket=@edgeplex-test-" + ProcessHandle.current().pid());
    }

    @AfterAll
    static void close() {
        far.close();
        near.close();
    }

    @Override
    protected PacketIo port() {
        return near.port();
    }

    @Override
    protected PacketPool pool() {
        return near.pool();
    }

    @Override
    protected void arrive(List<byte[]> frames) {
        far.send(frames);
    }

    @Override
    protected List<byte[]> takeSent() {
        return far.takeArrived();
    }
}
