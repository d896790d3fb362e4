package org.edgeplex.state;

/// Stored bytes that are not the record they should be. Names table and key once they are known.
public class DamagedRecordException extends StoreException {
    private static final long serialVersionUID = 1L;

    public DamagedRecordException(String message) {
        super(message);
    }

    public DamagedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
