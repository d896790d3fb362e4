package org.edgeplex.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
final class ControllerCommandTest {
    @TempDir private Path directory;

    private final StringWriter errors = new StringWriter();

    @Test
    void aPortThatIsTakenIsNamedAndEndsTheProgram() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + other.getLocalPort();

            assertEquals(1, run("--dir", directory.toString(), "--listen", address));
            assertTrue(errors.toString().contains(address), errors.toString());
        }
    }

    @Test
    void aDirectoryThatCannotBeIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertEquals(1, run("--dir", file.toString(), "--listen", "127.0.0.1:0"));
        assertTrue(errors.toString().contains(file + " is in the way"), errors.toString());
    }

    private int run(String... arguments) {
        return new CommandLine(new ControllerCommand())
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
