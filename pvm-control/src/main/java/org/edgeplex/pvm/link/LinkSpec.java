package org.edgeplex.pvm.link;

import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.edgeplex.state.record.Attachment;

/// What the access link's interface must be.
public record LinkSpec(Ipv4Address gateway, int prefixLength, MacAddress mac, int mtuBytes) {
    public static LinkSpec of(Attachment attachment) {
        return new LinkSpec(
                attachment.gateway(),
                attachment.linkPrefixLength(),
                attachment.gatewayMac(),
                attachment.mtuBytes());
    }

    @Override
    public String toString() {
        return gateway + "/" + prefixLength + ", MAC " + mac + ", MTU " + mtuBytes;
    }
}
