package org.edgeplex.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class FileFailureTest {
    @TempDir private Path directory;

    /// Whose message is often the path alone.
    @Test
    void everyFailureOfAFileSaysWhy() throws IOException {
        Path none = directory.resolve("none");
        assertEquals(none + " is not there", text(() -> Files.readString(none)));
        Path file = Files.createFile(directory.resolve("file"));
        assertEquals(file + " is in the way", text(() -> Files.createDirectory(file)));
        Path below = file.resolve("below");
        assertEquals(below + ": Not a directory", text(() -> Files.readString(below)));
        assertEquals("Is a directory", text(() -> Files.readString(directory)));
        assertEquals(
                "f: no permission for user " + System.getProperty("user.name"),
                FileFailure.text(new AccessDeniedException("f")));
    }

    private static String text(Executable use) {
        return FileFailure.text(assertThrows(IOException.class, use));
    }
}
