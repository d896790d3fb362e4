package org.edgeplex.openflow;

import java.util.List;

/// How one attachment is wired: its customer on `accessPort`, its PVM on `pvmPort`, between them
/// frames of `vlanId`; from the core by `label`.
///
/// `drainingPvmPorts` belong to PVMs that this one has just succeeded: nothing is sent to them any
/// more, but what is still in their queues may leave. Without them a planned move would lose the
/// packets that are under way inside the predecessor.
public record AttachmentSteering(
        long attachmentNumber,
        String accessPort,
        String pvmPort,
        int vlanId,
        VpnLabel label,
        List<String> drainingPvmPorts) {
    /// 0 and 4095 are reserved (IEEE 802.1Q, table 9-2).
    static final int VLAN_ID_MAX = 4094;

    public AttachmentSteering {
        drainingPvmPorts = List.copyOf(drainingPvmPorts);
        Cookies.ofAttachment(attachmentNumber);
        if (vlanId < 1 || vlanId > VLAN_ID_MAX) {
            throw new IllegalArgumentException("VLAN out of range 1..4094: " + vlanId);
        }
    }

    public AttachmentSteering(
            long attachmentNumber, String accessPort, String pvmPort, int vlanId, VpnLabel label) {
        this(attachmentNumber, accessPort, pvmPort, vlanId, label, List.of());
    }

    /// The same attachment, served by `successorPort`; the present PVM drains.
    public AttachmentSteering movedTo(String successorPort) {
        return new AttachmentSteering(
                attachmentNumber, accessPort, successorPort, vlanId, label, List.of(pvmPort));
    }
}
