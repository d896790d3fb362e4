package org.edgeplex.state.ramcloud.wire;

import java.util.function.Consumer;
import org.edgeplex.state.ramcloud.RamcloudOptions;

/// Who knows where the coordinator is.
public interface Leader extends AutoCloseable {
    /// Looks it up; the answers come on any thread, one of them once.
    void find(Consumer<String> locator, Consumer<String> failure);

    @Override
    void close();

    /// As the options' locator says.
    static Leader of(RamcloudOptions options) {
        return options.locator().startsWith("zk:")
                ? new ZooKeeperLeader(options.locator(), options.cluster())
                : at(options.locator());
    }

    /// A coordinator whose place is known and does not change.
    static Leader at(String locator) {
        return new Leader() {
            @Override
            public void find(Consumer<String> found, Consumer<String> failure) {
                found.accept(locator);
            }

            @Override
            public void close() {}
        };
    }
}
