package org.edgeplex.controller.reconcile;

import org.edgeplex.state.record.Attachment;

/// VLAN ids from `first` to `last`.
public record VlanRange(int first, int last) {
    public VlanRange {
        if (first < 1 || last > Attachment.VLAN_ID_MAX || first > last) {
            throw new IllegalArgumentException(
                    "not a range of VLAN ids within 1.."
                            + Attachment.VLAN_ID_MAX
                            + ": "
                            + first
                            + ".."
                            + last);
        }
    }
}
