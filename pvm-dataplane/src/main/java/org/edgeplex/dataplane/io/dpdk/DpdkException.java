package org.edgeplex.dataplane.io.dpdk;

/// DPDK cannot do what the data plane needs; the message says what to install or change.
public final class DpdkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DpdkException(String message) {
        super(message);
    }

    DpdkException(String message, Throwable cause) {
        super(message, cause);
    }
}
