package org.edgeplex.ldp.wire;

/// Unwinds the decoder of one message; carries what to answer. Never leaves this package.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final StatusCode code;

    Refusal(StatusCode code, String detail) {
        super(detail, null, false, false); // data, not a fault of ours: no stack trace
        this.code = code;
    }

    StatusCode code() {
        return code;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
