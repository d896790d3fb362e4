package org.edgeplex.bgp.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// BIRD in a namespace.
final class Bird implements AutoCloseable {
    private static final long EXIT_SECONDS = 10;

    private final Path directory;
    private final Path socket;
    private final Process process;

    Bird(Wire wire, String configuration) throws IOException {
        directory = Files.createTempDirectory("bgp-bird");
        socket = directory.resolve("bird.ctl");
        Path file = directory.resolve("bird.conf");
        Files.writeString(file, configuration);
        process =
                new ProcessBuilder(
                                "ip",
                                "netns",
                                "exec",
                                wire.theirs(),
                                "bird",
                                "-f",
                                "-c",
                                file.toString(),
                                "-s",
                                socket.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("bird.log").toFile())
                        .start();
        Commands.await(
                "BIRD",
                () -> Boolean.toString(Files.exists(socket)),
                exists -> Boolean.parseBoolean(exists));
    }

    /// Says "not found" and fails when there is nothing to show: an answer as well.
    String birdc(String... command) {
        String[] all = new String[command.length + 3];
        all[0] = "birdc";
        all[1] = "-s";
        all[2] = socket.toString();
        System.arraycopy(command, 0, all, 3, command.length);
        return Commands.ask(all);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, EXIT_SECONDS, TimeUnit.SECONDS).join();
        process.destroyForcibly();
        Commands.tryRun("rm", "-rf", directory.toString());
    }
}
