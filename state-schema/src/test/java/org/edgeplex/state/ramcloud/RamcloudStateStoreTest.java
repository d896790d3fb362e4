package org.edgeplex.state.ramcloud;

import org.edgeplex.state.EventLoop;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.SystemEventLoop;
import org.edgeplex.state.contract.EngineSuite;
import org.edgeplex.state.ramcloud.model.ModelCluster;
import org.edgeplex.state.ramcloud.model.Network;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The engine alone, on the model of a cluster.
class RamcloudStateStoreTest extends EngineSuite {
    /// Small, so that scans have many pages.
    private static final int PAGE_MAX = 3;

    private static EventLoop servers;

    @BeforeAll
    static void startServers() {
        servers = new SystemEventLoop("model cluster");
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @Override
    protected StateStore openNew(int changesKept) {
        ModelCluster cluster = new ModelCluster(servers, Network.PERFECT, PAGE_MAX);
        return RamcloudStateStore.open(
                cluster.client(servers),
                RamcloudEngineOptions.of("contract").withLogSlots(changesKept));
    }
}
