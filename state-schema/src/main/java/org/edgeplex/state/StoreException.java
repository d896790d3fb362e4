package org.edgeplex.state;

/// The store cannot do its work: full, unreadable, damaged, gone. The message says what to do.
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
