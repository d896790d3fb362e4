package org.edgeplex.lab.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher, with commands in the place of those that would change the machine.
final class LauncherTest {
    @TempDir private Path directory = Path.of("replaced");

    private record Ran(int status, String output) {}

    private Path used() {
        return directory.resolve("used");
    }

    private Ran run(String arguments) throws IOException, InterruptedException {
        for (String name : List.of("apt-get", "sudo", "dpkg-query", "mvn")) {
            Path file =
                    Files.writeString(
                            directory.resolve(name),
                            "#!/bin/sh\necho %s >> %s\nexit 1\n".formatted(name, used()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        List<String> command = new ArrayList<>(List.of("bash", "../edgeplex"));
        command.addAll(List.of(arguments.split(" ", -1)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .merge("PATH", directory.toString(), (path, ours) -> ours + ":" + path);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ran(process.waitFor(), output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bench forward --cpu 1023",
                "bench forward --json --cpu=1023",
                "bench idle --cpu 1023",
                "bench start --cpu 01023 --runs 1"
            })
    void aCpuThatIsNotThereIsToldBeforeAnythingIsInstalled(String arguments) throws Exception {
        Ran ran = run(arguments);
        assertEquals(1, ran.status);
        assertTrue(
                ran.output.matches(
                        "edgeplex: there is no CPU 0?1023 for this program; it may run on .*\n"),
                ran.output);
        assertFalse(Files.exists(used()));
    }
}
