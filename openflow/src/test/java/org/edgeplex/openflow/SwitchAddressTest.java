package org.edgeplex.openflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SwitchAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"unix:/run/edge.mgmt", "tcp:127.0.0.1:6653", "tcp:pe1:1", "tcp:[::1]:65535"})
    void readsAndWrites(String text) {
        assertEquals(text, SwitchAddress.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unix:",
                "tcp:",
                "tcp:host",
                "tcp::1",
                "tcp:host:0",
                "tcp:host:65536",
                "tcp:host:x",
                "ssl:host:1",
                "/run/edge.mgmt"
            })
    void refuses(String text) {
        assertThrows(IllegalArgumentException.class, () -> SwitchAddress.parse(text));
    }

    @Test
    void aSocketThatIsNotThereIsAnIoException(@TempDir Path directory) {
        SwitchAddress address = SwitchAddress.parse("unix:" + directory.resolve("none"));
        assertThrows(IOException.class, () -> address.connect(Duration.ofSeconds(1)));
    }
}
