package org.edgeplex.state.client;

import org.edgeplex.state.Incarnation;

/// This process has a successor, or was declared dead: it may write no more and must end.
public class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FencedException(Incarnation incarnation, long currentEpoch) {
        super(incarnation + " is fenced: epoch " + currentEpoch + " is current");
    }
}
