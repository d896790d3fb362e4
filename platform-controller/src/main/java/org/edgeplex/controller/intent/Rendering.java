package org.edgeplex.controller.intent;

import org.edgeplex.net.AsNumber;
import org.edgeplex.net.MacAddress;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.state.record.Vrf;

/// From intents to the records that the VMs read. Pure: the same intent gives the same record.
public final class Rendering {
    /// Locally administered, unicast (IEEE 802, section 8.4): `02:ed:6e`, then the number.
    private static final long GATEWAY_MAC_BASE = 0x02_ed_6e_00_00_00L;

    private static final int GATEWAY_MAC_NUMBERS = 1 << 24;

    private Rendering() {}

    public static Vrf vrf(NodeId id, VpnNode node) {
        return new Vrf(
                id.toString(), node.distinguisher(), node.importTargets(), node.exportTargets());
    }

    public static Attachment attachment(
            AccessId id,
            VpnNetworkAccess access,
            Lifecycle lifecycle,
            AsNumber localAs,
            int number,
            int vrfNumber,
            int vlanId) {
        return new Attachment(
                id.toString(),
                lifecycle,
                vrfNumber,
                vlanId,
                access.link().providerAddress(),
                gatewayMac(number),
                access.link().prefixLength(),
                access.mtuBytes(),
                routing(access.routing(), localAs));
    }

    /// By the attachment's number alone, so that a respawned PVM has the same: the CE's ARP cache
    /// stays right.
    static MacAddress gatewayMac(int attachmentNumber) {
        return new MacAddress(
                GATEWAY_MAC_BASE
                        | Integer.remainderUnsigned(attachmentNumber, GATEWAY_MAC_NUMBERS));
    }

    private static CustomerRouting routing(AccessRouting routing, AsNumber localAs) {
        return switch (routing) {
            case AccessRouting.Static(var routes) -> new CustomerRouting.Static(routes);
            case AccessRouting.Bgp(var peerAs, var peer, var holdTime, var prefixesMax) ->
                    new CustomerRouting.Bgp(localAs, peerAs, peer, holdTime, prefixesMax);
        };
    }
}
