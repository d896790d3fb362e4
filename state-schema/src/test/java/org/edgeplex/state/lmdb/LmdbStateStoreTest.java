package org.edgeplex.state.lmdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.contract.SharedEngineSuite;
import org.junit.jupiter.api.io.TempDir;

class LmdbStateStoreTest extends SharedEngineSuite {
    @TempDir static Path directory;

    @Override
    protected StateStore openNew(int changesKept) throws IOException {
        return LmdbStateStore.open(LmdbOptions.of(fresh()).withChangesKept(changesKept));
    }

    @Override
    protected String newLocation() throws IOException {
        return "lmdb:" + fresh();
    }

    private static Path fresh() throws IOException {
        return Files.createTempDirectory(directory, "store");
    }
}
