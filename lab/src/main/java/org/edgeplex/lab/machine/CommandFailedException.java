package org.edgeplex.lab.machine;

import java.io.Serial;

/// A command of the machine did not do what the lab needs, or took too long.
public final class CommandFailedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public CommandFailedException(String message) {
        super(message);
    }
}
