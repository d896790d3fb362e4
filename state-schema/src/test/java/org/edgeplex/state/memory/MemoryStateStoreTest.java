package org.edgeplex.state.memory;

import org.edgeplex.state.StateStore;
import org.edgeplex.state.contract.ChangeCursorContract;
import org.edgeplex.state.contract.ConcurrencyContract;
import org.edgeplex.state.contract.ExpiryContract;
import org.edgeplex.state.contract.LeaseContract;
import org.edgeplex.state.contract.StateStoreContract;
import org.edgeplex.state.contract.TimerContract;
import org.junit.jupiter.api.Nested;

class MemoryStateStoreTest {
    @Nested
    class Objects extends StateStoreContract {
        @Override
        protected StateStore open(int changesKept) {
            return new MemoryStateStore(changesKept);
        }
    }

    @Nested
    class Changes extends ChangeCursorContract {
        @Override
        protected StateStore open(int changesKept) {
            return new MemoryStateStore(changesKept);
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected StateStore open(int changesKept) {
            return new MemoryStateStore(changesKept);
        }
    }

    @Nested
    class Lives extends LeaseContract {
        @Override
        protected StateStore open(int changesKept) {
            return new MemoryStateStore(changesKept);
        }
    }

    @Nested
    class DurableTimers extends TimerContract {
        @Override
        protected StateStore open(int changesKept) {
            return new MemoryStateStore(changesKept);
        }
    }

    @Nested
    class Expiring extends ExpiryContract {
        @Override
        protected StateStore open(int changesKept) {
            return new MemoryStateStore(changesKept);
        }
    }
}
