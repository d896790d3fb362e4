package org.edgeplex.dataplane.io.dpdk;

import java.util.List;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketIoContract;
import org.edgeplex.dataplane.io.PacketPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract between vhost-user here and virtio-user in another process.
@Tag("machine")
class VhostPortTest extends PacketIoContract {
    private static OpenPort near;
    private static FarEnd far;

    @BeforeAll
    static void open() throws Exception {
        near = OpenPort.open("vhost:/tmp/edgeplex-vhost-" + ProcessHandle.current().pid());
        far = FarEnd.open("virtio:/tmp/edgeplex-vhost-" + ProcessHandle.current().pid());
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
