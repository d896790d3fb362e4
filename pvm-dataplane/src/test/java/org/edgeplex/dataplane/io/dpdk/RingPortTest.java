package org.edgeplex.dataplane.io.dpdk;

import java.util.List;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketIoContract;
import org.edgeplex.dataplane.io.PacketPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract on a ring: what is sent is what arrives.
@Tag("machine")
class RingPortTest extends PacketIoContract {
    private static OpenPort near;

    @BeforeAll
    static void open() throws Exception {
        near = OpenPort.open("ring");
    }

    @AfterAll
    static void close() {
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
        new FrameSocket(near.pool(), near.port()).send(frames);
    }

    @Override
    protected List<byte[]> takeSent() {
        return new FrameSocket(near.pool(), near.port()).receive();
    }
}
