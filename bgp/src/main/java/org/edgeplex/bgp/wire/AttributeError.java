package org.edgeplex.bgp.wire;

/// What is wrong with an attribute of an UPDATE, and what RFC 7606 says to do about it.
public record AttributeError(int attributeCode, Outcome outcome, UpdateError error, String detail) {

    /// From the mildest to the strongest; the strongest of an UPDATE wins (RFC 7606, section 3 h).
    public enum Outcome {
        DISCARD,
        TREAT_AS_WITHDRAW,
        SESSION_RESET
    }

    /// Carries one attribute's error out of its decoder.
    static final class Raised extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient AttributeError error;

        Raised(AttributeError error) {
            super(error.detail, null, false, false);
            this.error = error;
        }

        AttributeError error() {
            return error;
        }
    }
}
