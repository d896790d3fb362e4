package org.edgeplex.state.redis;

import java.io.IOException;

/// Octets that are not RESP3, or more than this engine takes. The connection is of no use any more.
final class RespException extends IOException {
    private static final long serialVersionUID = 1L;

    RespException(String message) {
        super(message);
    }
}
