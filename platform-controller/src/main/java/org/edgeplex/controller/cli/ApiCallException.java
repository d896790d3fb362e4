package org.edgeplex.controller.cli;

/// A call of the API that did not do what was asked; the message is for the user.
public final class ApiCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public ApiCallException(int status, String message) {
        super(message);
        this.status = status;
    }

    /// The status of HTTP; 0: there was no answer.
    int status() {
        return status;
    }
}
