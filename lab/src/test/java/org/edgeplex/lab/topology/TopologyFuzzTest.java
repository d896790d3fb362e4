package org.edgeplex.lab.topology;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

final class TopologyFuzzTest {
    /// Any text is a topology, or has problems that say where; nothing else is thrown.
    @FuzzTest(maxDuration = "30s")
    void anyTextIsReadOrRefused(byte[] data) {
        try {
            TopologyReader.parse(
                    Path.of("fuzz.clab.yml"), new String(data, StandardCharsets.UTF_8));
        } catch (TopologyException e) {
            assertFalse(e.problems().isEmpty());
        }
    }
}
