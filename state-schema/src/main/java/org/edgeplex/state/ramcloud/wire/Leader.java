package org.edgeplex.state.ramcloud.wire;

import java.util.function.Consumer;

/// Who knows where the coordinator is.
public interface Leader extends AutoCloseable {
    /// Looks it up; the answers come on any thread, one of them once.
    void find(Consumer<String> locator, Consumer<String> failure);

    @Override
    void close();

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
