package org.edgeplex.state.contract;

import org.edgeplex.state.StateStore;
import org.junit.jupiter.api.Nested;

/// All that every engine must keep. An engine's test extends this, or [SharedEngineSuite] when
/// several processes can use it.
public abstract class EngineSuite {
    /// Opens a new, empty store.
    ///
    /// @param changesKept a reader that falls behind by this many changes has not yet lost its
    ///   place
    protected abstract StateStore openNew(int changesKept) throws Exception;

    @Nested
    class Objects extends StateStoreContract {
        @Override
        protected StateStore open(int changesKept) throws Exception {
            return openNew(changesKept);
        }
    }

    @Nested
    class Changes extends ChangeCursorContract {
        @Override
        protected StateStore open(int changesKept) throws Exception {
            return openNew(changesKept);
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected StateStore open(int changesKept) throws Exception {
            return openNew(changesKept);
        }
    }

    @Nested
    class Lives extends LeaseContract {
        @Override
        protected StateStore open(int changesKept) throws Exception {
            return openNew(changesKept);
        }
    }

    @Nested
    class DurableTimers extends TimerContract {
        @Override
        protected StateStore open(int changesKept) throws Exception {
            return openNew(changesKept);
        }
    }

    @Nested
    class Expiring extends ExpiryContract {
        @Override
        protected StateStore open(int changesKept) throws Exception {
            return openNew(changesKept);
        }
    }
}
