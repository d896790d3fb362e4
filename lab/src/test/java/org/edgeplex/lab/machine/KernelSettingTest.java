package org.edgeplex.lab.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelSettingTest {
    @TempDir Path directory;

    @Test
    void allDigitsAreRead() {
        long found = KernelSetting.of("kernel.pid_max").read().orElseThrow();

        assertTrue(found > 300, "pid_max " + found);
    }

    @Test
    void whatIsWrittenIsRead() {
        KernelSetting setting = new KernelSetting(directory.resolve("setting"));

        assertTrue(setting.write(212_992));
        assertEquals(OptionalLong.of(212_992), setting.read());
    }

    @Test
    void whatIsNotThereIsNeitherReadNorWritten() {
        KernelSetting none = new KernelSetting(directory.resolve("none/setting"));

        assertEquals(OptionalLong.empty(), none.read());
        assertFalse(none.write(1));
    }
}
