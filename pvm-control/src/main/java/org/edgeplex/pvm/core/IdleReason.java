package org.edgeplex.pvm.core;

/// Why there is no session with the CE, not even one that tries to come up.
public enum IdleReason {
    NO_PEER("no BGP peer is configured"),
    AWAITING_LINK("the access link's interface is not ready"),
    CLOSING("the last session is being closed"),
    PREFIX_LIMIT("the CE announced more prefixes than it may; it is tried again later"),
    OPEN_FAILED("no socket could be opened; it is tried again soon");

    private final String text;

    IdleReason(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
