package org.edgeplex.state.dump;

/// A file that is no dump, or no longer the dump that was written: nothing of it may be loaded.
public final class DamagedDumpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedDumpException(String message) {
        super(message);
    }

    DamagedDumpException(String message, Throwable cause) {
        super(message, cause);
    }
}
