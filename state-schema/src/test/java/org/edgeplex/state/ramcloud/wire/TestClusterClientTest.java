package org.edgeplex.state.ramcloud.wire;

import org.edgeplex.state.ramcloud.RamcloudClientContract;
import org.edgeplex.state.ramcloud.RamcloudOptions;
import org.edgeplex.state.ramcloud.server.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The suite on the test cluster, with a table that is spread over three masters.
class TestClusterClientTest extends RamcloudClientContract {
    private TestCluster cluster;
    private WireClient client;
    private long table;

    @BeforeEach
    void start() {
        cluster = new TestCluster(3);
        cluster.enumerateAtMost(10_000);
        cluster.multiReadAtMost(4_000);
        client =
                WireClient.open(
                        RamcloudOptions.parse(
                                "ramcloud:%s?serverSpan=5".formatted(cluster.locator())));
        table = client.table("t", TIMEOUT).join();
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Override
    protected WireClient client() {
        return client;
    }

    @Override
    protected long table() {
        return table;
    }
}
