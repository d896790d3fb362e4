package org.edgeplex.state.memory;

import org.edgeplex.state.StateStore;
import org.edgeplex.state.contract.EngineSuite;

class MemoryStateStoreTest extends EngineSuite {
    @Override
    protected StateStore openNew(int changesKept) {
        return new MemoryStateStore(changesKept);
    }
}
