package org.edgeplex.state.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    private static final List<String> RUNS = new ArrayList<>();

    /// Stands for a program.
    public static final class Program {
        public static void main(String[] args) {
            RUNS.add(String.join(" ", args));
        }
    }

    @Test
    void theProgramRunsAfterTheStoresWereUsed(@TempDir Path folder) throws Throwable {
        String location = "lmdb:" + folder;
        Rehearsal.main(new String[] {location, "--", Program.class.getName(), "--a", "--", "b"});
        assertEquals(List.of("--a -- b"), RUNS);
        try (var store = Stores.openExisting(location)) {
            State state = new State(store, Duration.ofSeconds(5));
            assertEquals("rehearsal", state.scan(Tables.LEASES).getFirst().key());
            assertEquals(List.of(), state.scan(Tables.RESERVATIONS), "it cleans up");
        }
    }

    @Test
    void aProgramMustBeNamed() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Rehearsal.main(new String[] {"lmdb:/nowhere", "--"}));
    }
}
