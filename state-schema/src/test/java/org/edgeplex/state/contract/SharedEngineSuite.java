package org.edgeplex.state.contract;

import org.junit.jupiter.api.Nested;

/// The suite of an engine that several processes of the machine can use at once.
public abstract class SharedEngineSuite extends EngineSuite {
    /// Where a new, empty store is, for [org.edgeplex.state.client.Stores].
    protected abstract String newLocation() throws Exception;

    @Nested
    class Processes extends ProcessContract {
        @Override
        protected String location() throws Exception {
            return newLocation();
        }
    }
}
