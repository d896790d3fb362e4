package org.edgeplex.state.ramcloud.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The coordinator that leads according to ZooKeeper: it keeps its locator in the node
/// `/ramcloud/CLUSTER/coordinator` (`ZooStorage.cc`, `CoordinatorSession.cc`).
final class ZooKeeperLeader implements Leader {
    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperLeader.class);
    private static final int SESSION_MILLIS = 10_000;
    private static final int LOCATOR_BYTES_MAX = 1_024;
    private static final String PREFIX = "zk:";

    private final String hosts;
    private final String node;
    private @Nullable ZooKeeper client;
    private boolean closed;

    ZooKeeperLeader(String locator, String cluster) {
        hosts = locator.substring(PREFIX.length());
        node = "/ramcloud/" + cluster + "/coordinator";
    }

    @Override
    public synchronized void find(Consumer<String> locator, Consumer<String> failure) {
        if (closed) {
            failure.accept("the client was closed");
            return;
        }
        try {
            connected()
                    .getData(
                            node,
                            false,
                            (code, _, _, data, _) ->
                                    answered(
                                            KeeperException.Code.get(code), data, locator, failure),
                            null);
        } catch (IOException e) {
            failure.accept("ZooKeeper at %s: %s".formatted(hosts, e.getMessage()));
        }
    }

    /// A session that ended does not come back, another must be begun.
    private ZooKeeper connected() throws IOException {
        ZooKeeper current = client;
        if (current == null || !current.getState().isAlive()) {
            current = new ZooKeeper(hosts, SESSION_MILLIS, _ -> {}, new ZKClientConfig());
            client = current;
        }
        return current;
    }

    private void answered(
            KeeperException.@Nullable Code code,
            byte @Nullable [] data,
            Consumer<String> locator,
            Consumer<String> failure) {
        if (code != KeeperException.Code.OK || data == null) {
            failure.accept("ZooKeeper at %s: %s: %s".formatted(hosts, node, code));
        } else if (data.length > LOCATOR_BYTES_MAX) {
            failure.accept("ZooKeeper at %s: %s is no locator".formatted(hosts, node));
        } else {
            locator.accept(new String(data, StandardCharsets.UTF_8));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        ZooKeeper current = client;
        if (current != null) {
            try {
                current.close();
            } catch (InterruptedException e) {
                LOG.debug("closing ZooKeeper's client", e);
                Thread.currentThread().interrupt();
            }
        }
    }
}
