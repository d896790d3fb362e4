package org.edgeplex.lab.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JournalTest {
    @TempDir Path directory;

    @Test
    void whatWasWrittenIsRead() {
        Journal journal = new Journal(directory.resolve("journal"));
        List<Journal.Entry> entries =
                List.of(
                        new Journal.Entry.MadeNamespace("l3vpn-p"),
                        new Journal.Entry.RaisedSetting("net.core.rmem_default", 212_992),
                        new Journal.Entry.StartedProcess(12, 3456, "label flows of p"),
                        new Journal.Entry.Kept());

        entries.forEach(journal::write);

        assertEquals(entries, journal.read());
        assertEquals(List.of("l3vpn-p"), journal.namespaces());
        assertTrue(journal.isKept());
    }

    @Test
    void aLineThatACrashCutShortIsIgnored() throws IOException {
        Path file = directory.resolve("journal");
        Journal journal = new Journal(file);
        journal.write(new Journal.Entry.MadeNamespace("l3vpn-p"));
        Files.writeString(file, "process 1", StandardOpenOption.APPEND);

        assertEquals(List.of(new Journal.Entry.MadeNamespace("l3vpn-p")), journal.read());
        assertFalse(journal.isKept());
    }

    @Test
    void aLabThatNeverWroteHasMadeNothing() {
        assertEquals(List.of(), new Journal(directory.resolve("journal")).read());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "namespace",
                "namespace ",
                "process x 1 y",
                "process 1 y z",
                "setting 1",
                "setting x y",
                "mount a"
            })
    void whatIsNoEntryIsNone(String line) {
        assertEquals(Optional.empty(), Journal.parse(line));
    }
}
