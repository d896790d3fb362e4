package org.edgeplex.state.ramcloud.wire;

/// The other end sent what is not the protocol. The connection is given up.
public final class MalformedReplyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedReplyException(String message) {
        super(message);
    }
}
