package org.edgeplex.state.redis;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.contract.ChangeCursorContract;
import org.edgeplex.state.contract.ConcurrencyContract;
import org.edgeplex.state.contract.StateStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// The contract suites on one server; a namespace for each test.
@Tag("machine")
class RedisStateStoreTest {
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

    @Nested
    class Objects extends StateStoreContract {
        @Override
        protected StateStore open(int changesKept) {
            return openNew(server.tcp(), changesKept);
        }
    }

    @Nested
    class Changes extends ChangeCursorContract {
        @Override
        protected StateStore open(int changesKept) {
            return openNew(server.unix(), changesKept);
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected StateStore open(int changesKept) {
            return openNew(server.tcp(), changesKept);
        }
    }

    private static StateStore openNew(RedisOptions options, int changesKept) {
        return RedisStateStore.open(
                options.withNamespace("test-" + NAMESPACES.incrementAndGet())
                        .withChangesKept(changesKept));
    }
}
