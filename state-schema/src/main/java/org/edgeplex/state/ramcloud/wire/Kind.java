package org.edgeplex.state.ramcloud.wire;

/// The kinds of operations on masters. Each has a lane of its own to each server.
enum Kind {
    READ(Protocol.MULTI_READ, false),
    WRITE(Protocol.MULTI_WRITE, true),
    REMOVE(Protocol.MULTI_REMOVE, true),
    INCREMENT(0, true),
    ENUMERATE(0, false);

    /// As part of a MULTI_OP; 0: always alone.
    final int multiType;

    /// Whether it may have a number, under which it is done once.
    final boolean linear;

    Kind(int multiType, boolean linear) {
        this.multiType = multiType;
        this.linear = linear;
    }

    boolean isAlone() {
        return multiType == 0;
    }
}
