package org.edgeplex.dataplane.io.dpdk;

import java.util.List;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketIoContract;
import org.edgeplex.dataplane.io.PacketPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/// The contract between a port here and one in another process.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FarEndPortContract extends PacketIoContract {
    private final String nearPort;
    private final String farPort;
    private OpenPort near;
    private FarEnd far;

    FarEndPortContract(String nearPort, String farPort) {
        this.nearPort = nearPort;
        this.farPort = farPort;
    }

    @BeforeAll
    void open() throws Exception {
        near = OpenPort.open(nearPort);
        far = FarEnd.open(farPort);
    }

    @AfterAll
    void close() {
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
