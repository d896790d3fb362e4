package org.edgeplex.lab.runner;

import java.io.Serial;

/// The lab cannot do what was asked; the message tells the user what to do instead.
public final class LabException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public LabException(String message) {
        super(message);
    }
}
