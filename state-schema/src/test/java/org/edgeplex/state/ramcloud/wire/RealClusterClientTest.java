package org.edgeplex.state.ramcloud.wire;

import java.util.concurrent.atomic.AtomicLong;
import org.edgeplex.state.ramcloud.RamcloudClientContract;
import org.edgeplex.state.ramcloud.RamcloudOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The suite on a real cluster: `EDGEPLEX_RAMCLOUD=tcp:host=H,port=P`, or `zk:H:P`. Its tables stay
/// there.
@EnabledIfEnvironmentVariable(named = "EDGEPLEX_RAMCLOUD", matches = ".+")
class RealClusterClientTest extends RamcloudClientContract {
    private static final AtomicLong NAMES = new AtomicLong(System.currentTimeMillis() * 1_000);

    private WireClient client;
    private long table;

    @BeforeEach
    void start() {
        String locator = System.getenv("EDGEPLEX_RAMCLOUD");
        client = WireClient.open(RamcloudOptions.parse("ramcloud:" + locator + "?serverSpan=3"));
        table = client.table("edgeplex-test-" + NAMES.incrementAndGet(), TIMEOUT).join();
    }

    @AfterEach
    void stop() {
        client.close();
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
