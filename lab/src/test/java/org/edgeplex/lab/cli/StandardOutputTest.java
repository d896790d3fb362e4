package org.edgeplex.lab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    @Test
    void aFullDiskIsTold() throws IOException {
        try (FileOutputStream full = new FileOutputStream("/dev/full")) {
            StandardOutput output = new StandardOutput(full);
            PrintWriter out = new PrintWriter(output, true, StandardCharsets.UTF_8);
            out.println("a line");
            StringWriter told = new StringWriter();
            assertFalse(output.isWhole());
            assertEquals(1, output.explain(new PrintWriter(told)));
            assertTrue(told.toString().contains("No space left on device"), told.toString());
        }
    }

    @Test
    void whatIsPrintedIsWritten() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        StandardOutput output = new StandardOutput(file);
        PrintWriter out = new PrintWriter(output, true, StandardCharsets.UTF_8);
        out.println("é");
        assertTrue(output.isWhole());
        assertEquals("é\n", file.toString(StandardCharsets.UTF_8));
    }
}
