package org.edgeplex.controller.config;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigFuzzTest {
    /// Any text is a configuration, or an error that names the file; nothing else is thrown.
    @FuzzTest
    void anyTextIsReadOrRefused(byte[] data) {
        try {
            assertNotNull(ConfigReader.parse(new String(data, StandardCharsets.UTF_8), "pe.yml"));
        } catch (ConfigException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("pe.yml"), e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pe:", "pe: {name: ~, loopback: ~, as: ~}", "pe: []", "~", "{}", "[1]"})
    void nothingIsNoConfiguration(String text) {
        ConfigException e =
                assertThrows(ConfigException.class, () -> ConfigReader.parse(text, "pe.yml"));
        assertTrue(String.valueOf(e.getMessage()).startsWith("pe.yml"), e.getMessage());
    }
}
