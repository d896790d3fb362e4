package org.edgeplex.dataplane.trace;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class PcapReaderFuzzTest {
    /// Any file gives a frame or a sentence.
    @FuzzTest
    void anyFile(byte[] content) throws IOException {
        Path file = Files.createTempFile("any", ".pcap");
        try {
            Files.write(file, content);
            assertTrue(PcapReader.read(file, 2).length <= 2048);
        } catch (IllegalArgumentException e) {
            assertTrue(String.valueOf(e.getMessage()).contains(file.toString()), e::toString);
        } finally {
            Files.delete(file);
        }
    }
}
