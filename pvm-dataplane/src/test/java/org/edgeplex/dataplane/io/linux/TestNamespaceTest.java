package org.edgeplex.dataplane.io.linux;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class TestNamespaceTest {
    /// No process has this number: the kernel's greatest is 2^22.
    private static final String ABANDONED = "dataplane-999999999-killed";

    @Test
    void removesWhatKilledTestsLeft() {
        TestNamespace.run("ip", "netns", "add", ABANDONED);
        try (TestNamespace first = new TestNamespace("first");
                TestNamespace second = new TestNamespace("second")) {
            assertTrue(exists(first.name()));
            assertTrue(exists(second.name()));
            assertFalse(exists(ABANDONED));
        }
    }

    private static boolean exists(String name) {
        return Files.exists(Path.of("/run/netns", name));
    }
}
