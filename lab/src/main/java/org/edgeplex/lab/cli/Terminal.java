package org.edgeplex.lab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Commands;
import org.edgeplex.lab.machine.RunDirectory;

/// What a person sees and types.
final class Terminal {
    private Terminal() {}

    static PrintWriter out() {
        return new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    }

    static void print(String line) {
        System.out.println(line);
    }

    /// Runs a command with our own input and output, for as long as it likes.
    static int run(RunDirectory lab, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put(Commands.MARK, lab.path().toString());
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted");
        }
    }
}
