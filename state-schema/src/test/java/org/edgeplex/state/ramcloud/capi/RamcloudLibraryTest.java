package org.edgeplex.state.ramcloud.capi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.edgeplex.state.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said when the library is not what it should be.
class RamcloudLibraryTest {
    @TempDir Path directory;

    @Test
    void aMissingFileIsNamedWithWhatToSet() {
        Path missing = directory.resolve("libramcloud.so");
        assertSays(refusal(missing), missing.toString(), "EDGEPLEX_RAMCLOUD_LIB", "library=PATH");
    }

    @Test
    void whatIsNoLibraryIsNamedWithWhatToSet() throws IOException {
        Path text = Files.writeString(directory.resolve("libramcloud.so"), "not a library");
        assertSays(refusal(text), text.toString(), "ldd", "EDGEPLEX_RAMCLOUD_LIB");
    }

    @Test
    void anotherLibraryIsRefusedForWhatItLacks() throws IOException {
        assertSays(refusal(javasOwn("libverify.so")), "rc_connect", "EDGEPLEX_RAMCLOUD_LIB");
    }

    @Test
    void withoutASettingTheVariableIsAskedFor() {
        StoreException e = assertThrows(StoreException.class, () -> LibraryOptions.library("", ""));
        assertSays(String.valueOf(e.getMessage()), "EDGEPLEX_RAMCLOUD_LIB", "library=PATH");
    }

    @Test
    void theSettingNamesTheLibrary() {
        assertEquals(
                Path.of("/opt/lib/x.so"), LibraryOptions.library("/opt/lib/x.so", "/elsewhere.so"));
    }

    private static Path javasOwn(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("java.home"), "lib"))) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    private static String refusal(Path library) {
        LibraryOptions options =
                LibraryOptions.of(library, "tcp:host=127.0.0.1,port=12246", "main");
        StoreException e =
                assertThrows(StoreException.class, () -> LibraryClient.open(options).close());
        return String.valueOf(e.getMessage());
    }

    private static void assertSays(String message, String... words) {
        for (String word : words) {
            assertTrue(message.contains(word), message);
        }
    }
}
