package org.edgeplex.ldp.fsm;

/// Whether a neighbour is heard on a link.
public enum AdjacencyState {
    ABSENT,
    HEARD
}
