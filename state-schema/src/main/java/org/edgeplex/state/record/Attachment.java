package org.edgeplex.state.record;

import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.state.RecordCodec;

/// One customer's connection to this PE, rendered from a vpn-network-access: all that its PVM and
/// the CVM need to know of it. Key: the attachment number.
///
/// Writer: the controller. Invariant: `vlanId` and the number are unique on the PE as long as the
/// record exists.
///
/// @param name `vpn-service/vpn-node/vpn-network-access`, for people
/// @param vrfNumber key of the [Vrf]
/// @param vlanId the customer's VLAN between switch and PVM, 1..4094
/// @param gateway the PE's address on the access link
/// @param gatewayMac the PE's MAC address on the access link: stays when the PVM is respawned
/// @param linkPrefixLength length of the access link's prefix, 8..31
/// @param mtuBytes the largest IP packet on the access link
public record Attachment(
        String name,
        Lifecycle lifecycle,
        int vrfNumber,
        int vlanId,
        Ipv4Address gateway,
        MacAddress gatewayMac,
        int linkPrefixLength,
        int mtuBytes,
        CustomerRouting routing) {

    public static final int VLAN_ID_MAX = 4094;

    public Attachment {
        if (vlanId < 1 || vlanId > VLAN_ID_MAX) {
            throw new IllegalArgumentException("VLAN id out of range 1..4094: " + vlanId);
        }
        if (linkPrefixLength < 8 || linkPrefixLength > 31) {
            throw new IllegalArgumentException(
                    "length of the link's prefix out of range 8..31: " + linkPrefixLength);
        }
    }

    /// The connected subnet of the access link.
    public Ipv4Prefix link() {
        return Ipv4Prefix.containing(gateway, linkPrefixLength);
    }

    public static final RecordCodec<Attachment> CODEC =
            RecordCodec.of(
                    (out, attachment) -> {
                        out.text(attachment.name)
                                .constant(attachment.lifecycle)
                                .i32(attachment.vrfNumber)
                                .u16(attachment.vlanId);
                        Fields.address(out, attachment.gateway);
                        Fields.mac(out, attachment.gatewayMac);
                        out.u8(attachment.linkPrefixLength).u16(attachment.mtuBytes);
                        CustomerRouting.write(out, attachment.routing);
                    },
                    in ->
                            new Attachment(
                                    in.text(),
                                    Intent.lifecycle(in),
                                    in.i32(),
                                    in.u16(),
                                    Fields.address(in),
                                    Fields.mac(in),
                                    in.u8(),
                                    in.u16(),
                                    CustomerRouting.read(in)));
}
