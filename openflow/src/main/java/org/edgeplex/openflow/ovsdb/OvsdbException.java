package org.edgeplex.openflow.ovsdb;

import java.io.IOException;

/// The server's bytes are not the JSON-RPC of RFC 7047; the connection is of no more use.
final class OvsdbException extends IOException {
    private static final long serialVersionUID = 1L;

    OvsdbException(String message) {
        super(message);
    }
}
