package org.edgeplex.state.ramcloud;

import java.util.concurrent.atomic.AtomicLong;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.contract.SharedEngineSuite;
import org.edgeplex.state.ramcloud.capi.LibraryClient;
import org.edgeplex.state.ramcloud.capi.LibraryOptions;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The engine on the real cluster of `EDGEPLEX_RAMCLOUD`, by the library of
/// `EDGEPLEX_RAMCLOUD_LIB`. Its tables stay there.
@EnabledIfEnvironmentVariable(named = "EDGEPLEX_RAMCLOUD", matches = ".+")
@EnabledIfEnvironmentVariable(named = LibraryOptions.VARIABLE, matches = ".+")
class RamcloudNativeClusterTest extends SharedEngineSuite {
    private static final AtomicLong NAMESPACES = new AtomicLong(System.currentTimeMillis() * 1_000);

    @Override
    protected StateStore openNew(int changesKept) {
        RamcloudOptions options = RamcloudOptions.parse(newLocation());
        return RamcloudStateStore.open(
                LibraryClient.open(LibraryOptions.of(options)),
                RamcloudEngineOptions.of(options.namespace()).withLogSlots(changesKept));
    }

    @Override
    protected String newLocation() {
        return "ramcloud:%s?namespace=native-%d&serverSpan=3&transport=native"
                .formatted(System.getenv("EDGEPLEX_RAMCLOUD"), NAMESPACES.incrementAndGet());
    }
}
