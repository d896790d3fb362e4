package org.edgeplex.dataplane.feed;

import org.edgeplex.dataplane.forward.Access;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.ProviderEdge;

/// The packet path's view of an attachment and of the PE that it is on.
public final class AccessRecords {
    /// Transport label and VPN label.
    private static final int LABELS_BYTES = 2 * 4;

    private AccessRecords() {}

    /// The MTU is the smaller one of the access link's and what the core leaves under two labels.
    ///
    /// @throws IllegalArgumentException when the records make no working access
    public static Access access(Attachment attachment, ProviderEdge providerEdge) {
        int mtuBytes = Math.min(attachment.mtuBytes(), providerEdge.coreMtuBytes() - LABELS_BYTES);
        return Access.of(
                attachment.vlanId(),
                attachment.gateway(),
                attachment.linkPrefixLength(),
                attachment.gatewayMac(),
                providerEdge.coreMac(),
                mtuBytes);
    }
}
