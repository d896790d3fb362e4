package org.edgeplex.state.lmdb;

import java.nio.file.Files;
import java.nio.file.Path;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.contract.ChangeCursorContract;
import org.edgeplex.state.contract.ConcurrencyContract;
import org.edgeplex.state.contract.ExpiryContract;
import org.edgeplex.state.contract.LeaseContract;
import org.edgeplex.state.contract.ProcessContract;
import org.edgeplex.state.contract.StateStoreContract;
import org.edgeplex.state.contract.TimerContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class LmdbStateStoreTest {
    @TempDir static Path directory;

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

    @Nested
    class Processes extends ProcessContract {
        @Override
        protected String location() throws Exception {
            return "lmdb:" + Files.createTempDirectory(directory, "store");
        }
    }

    private static StateStore openNew(int changesKept) throws Exception {
        Path fresh = Files.createTempDirectory(directory, "store");
        return LmdbStateStore.open(LmdbOptions.of(fresh).withChangesKept(changesKept));
    }
}
