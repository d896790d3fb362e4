package org.edgeplex.state.ramcloud;

import org.edgeplex.state.EventLoop;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.SystemEventLoop;
import org.edgeplex.state.contract.ChangeCursorContract;
import org.edgeplex.state.contract.ConcurrencyContract;
import org.edgeplex.state.contract.StateStoreContract;
import org.edgeplex.state.ramcloud.model.ModelCluster;
import org.edgeplex.state.ramcloud.model.Network;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class RamcloudStateStoreTest {
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

    @Nested
    class Objects extends StateStoreContract {
        @Override
        protected StateStore open(int changesKept) {
            return openNew(changesKept);
        }
    }

    @Nested
    class Changes extends ChangeCursorContract {
        @Override
        protected StateStore open(int changesKept) {
            return openNew(changesKept);
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected StateStore open(int changesKept) {
            return openNew(changesKept);
        }
    }

    private static StateStore openNew(int changesKept) {
        ModelCluster cluster = new ModelCluster(servers, Network.PERFECT, PAGE_MAX);
        return RamcloudStateStore.open(
                cluster.client(servers),
                RamcloudEngineOptions.of("contract").withLogSlots(changesKept));
    }
}
