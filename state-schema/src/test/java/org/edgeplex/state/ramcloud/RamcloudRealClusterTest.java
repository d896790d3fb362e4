package org.edgeplex.state.ramcloud;

import java.util.concurrent.atomic.AtomicLong;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.contract.SharedEngineSuite;
import org.edgeplex.state.ramcloud.wire.WireClient;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The engine on a real cluster: `EDGEPLEX_RAMCLOUD=tcp:host=H,port=P`, or `zk:H:P`. Its tables
/// stay there.
@EnabledIfEnvironmentVariable(named = "EDGEPLEX_RAMCLOUD", matches = ".+")
class RamcloudRealClusterTest extends SharedEngineSuite {
    private static final AtomicLong NAMESPACES = new AtomicLong(System.currentTimeMillis() * 1_000);

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
                .formatted(System.getenv("EDGEPLEX_RAMCLOUD"), NAMESPACES.incrementAndGet());
    }
}
