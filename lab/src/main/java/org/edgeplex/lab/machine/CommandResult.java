package org.edgeplex.lab.machine;

import java.util.List;

/// How a command ended, and what it said.
public record CommandResult(List<String> command, int exitStatus, String output, String errors) {
    public boolean succeeded() {
        return exitStatus == 0;
    }

    /// The result itself, if the command succeeded.
    public CommandResult orThrow() {
        if (!succeeded()) {
            String said = errors.isBlank() ? output : errors;
            throw new CommandFailedException(
                    "exit status " + exitStatus + " of: " + line() + "\n" + said.strip());
        }
        return this;
    }

    private String line() {
        return String.join(" ", command);
    }
}
