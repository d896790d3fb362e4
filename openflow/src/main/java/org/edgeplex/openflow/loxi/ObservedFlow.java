package org.edgeplex.openflow.loxi;

import org.edgeplex.openflow.FlowEntry;

/// A flow of the switch and its match as the switch wrote it, padding included: what a strict
/// delete has to repeat, whether we understand it or not.
final class ObservedFlow {
    private final FlowEntry entry;
    private final byte[] wireMatch;

    ObservedFlow(FlowEntry entry, byte[] wireMatch) {
        this.entry = entry;
        this.wireMatch = wireMatch;
    }

    FlowEntry entry() {
        return entry;
    }

    byte[] wireMatch() {
        return wireMatch;
    }
}
