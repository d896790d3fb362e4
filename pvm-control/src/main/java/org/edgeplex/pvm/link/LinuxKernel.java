package org.edgeplex.pvm.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Linux, by iproute2 (argument lists, never a shell) and /proc/sys.
public final class LinuxKernel implements LinkKernel {
    private static final int COMMAND_SECONDS_MAX = 5;

    @Override
    public Optional<ObservedLink> observe(String name) throws IOException {
        return ObservedLink.of(name);
    }

    @Override
    public void ip(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add("ip");
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end in " + COMMAND_SECONDS_MAX + " s");
        }
        // It has ended: what it said is a few lines, in the pipe already.
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }

    @Override
    public void sysctl(String path, String value) throws IOException {
        Path file = Path.of("/proc/sys/net", path);
        if (Files.exists(file)) {
            Files.writeString(file, value);
        }
    }
}
