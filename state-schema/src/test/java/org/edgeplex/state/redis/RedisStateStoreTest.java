package org.edgeplex.state.redis;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.contract.SharedEngineSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// The contract suites on one server, over TCP and its socket in turns; a namespace for each test.
@Tag("machine")
class RedisStateStoreTest extends SharedEngineSuite {
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    @TempDir static Path directory;
    private static RedisServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = RedisServer.start(directory);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected StateStore openNew(int changesKept) {
        int number = NAMESPACES.incrementAndGet();
        RedisOptions options = number % 2 == 0 ? server.tcp() : server.unix();
        return RedisStateStore.open(
                options.withNamespace("test-" + number).withChangesKept(changesKept));
    }

    @Override
    protected String newLocation() {
        return "redis:unix:%s?namespace=test-%d"
                .formatted(server.socket(), NAMESPACES.incrementAndGet());
    }
}
