package org.edgeplex.openflow;

import org.edgeplex.net.MplsLabel;

/// Whether the CVM has bound a VPN label to the attachment yet.
public sealed interface VpnLabel {
    record Unbound() implements VpnLabel {}

    record Bound(MplsLabel label) implements VpnLabel {
        public Bound {
            if (label.isReserved()) {
                throw new IllegalArgumentException("a reserved label names no VPN: " + label);
            }
        }
    }

    static VpnLabel unbound() {
        return new Unbound();
    }

    static VpnLabel bound(MplsLabel label) {
        return new Bound(label);
    }
}
