package org.edgeplex.state.ramcloud;

import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.contract.SharedEngineSuite;
import org.edgeplex.state.ramcloud.server.TestCluster;
import org.edgeplex.state.ramcloud.wire.WireClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The engine over the wire, on the test cluster.
class RamcloudTestClusterTest extends SharedEngineSuite {
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private static TestCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = new TestCluster(3);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Override
    protected StateStore openNew(int changesKept) {
        RamcloudOptions options = RamcloudOptions.parse(newLocation());
        return RamcloudStateStore.open(
                WireClient.open(options),
                RamcloudEngineOptions.of(options.namespace()).withLogSlots(changesKept));
    }

    @Override
    protected String newLocation() {
        return "ramcloud:%s?namespace=test-%d&serverSpan=3"
                .formatted(cluster.locator(), NAMESPACES.incrementAndGet());
    }
}
