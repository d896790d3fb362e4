package org.edgeplex.state.ramcloud;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.contract.SharedEngineSuite;
import org.edgeplex.state.ramcloud.server.TestCluster;
import org.edgeplex.state.ramcloud.wire.WireClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

    @Test
    void whereNobodyBeganAStoreThereIsNone() {
        String location = newLocation();
        for (int round = 0; round < 2; round++) {
            StoreException e =
                    assertThrows(StoreException.class, () -> Stores.openExisting(location).close());
            assertTrue(String.valueOf(e.getMessage()).contains("there is no store in namespace"));
        }
        Stores.open(location).close();
        assertDoesNotThrow(() -> Stores.openExisting(location).close());
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
