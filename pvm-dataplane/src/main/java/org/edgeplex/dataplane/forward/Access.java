package org.edgeplex.dataplane.forward;

import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Ipv6;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;

/// What the packet path knows of its attachment, in primitive form.
///
/// @param vlan the 802.1Q tag of the customer's side of the trunk
/// @param gateway the PE's address in the connected subnet
/// @param prefixLength of the connected subnet
/// @param gatewayMac the PE's MAC address towards the customer
/// @param coreMac the PE's MAC address towards the core
/// @param mtuBytes the largest IP packet, in both directions
/// @param labelTreatment how TTL and class of service pass into the core and back
/// @param ipv6 the connected subnet in IPv6
public record Access(
        int vlan,
        int gateway,
        int prefixLength,
        long gatewayMac,
        long coreMac,
        int mtuBytes,
        LabelTreatment labelTreatment,
        Ipv6Link ipv6) {
    /// RFC 791: every network carries 68 bytes.
    public static final int MTU_BYTES_MIN = 68;

    /// What fits in a buffer together with a tag or two labels and an Ethernet header.
    public static final int MTU_BYTES_MAX = 1900;

    public Access {
        if (vlan < 1 || vlan > Ethernet.VLAN_ID_MASK - 1) {
            throw new IllegalArgumentException("VLAN out of range 1..4094: " + vlan);
        }
        if (prefixLength < 1 || prefixLength > Ipv4Prefix.LENGTH_MAX) {
            throw new IllegalArgumentException("subnet length out of range: " + prefixLength);
        }
        if (mtuBytes < MTU_BYTES_MIN || mtuBytes > MTU_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "MTU out of range " + MTU_BYTES_MIN + ".." + MTU_BYTES_MAX + ": " + mtuBytes);
        }
        if (ipv6.isOn() && mtuBytes < Ipv6.MTU_BYTES_MIN) {
            throw new IllegalArgumentException("IPv6 needs an MTU of 1280: " + mtuBytes);
        }
        if (Ethernet.isGroup(gatewayMac) || Ethernet.isGroup(coreMac)) {
            throw new IllegalArgumentException("a port's MAC address must not be a group address");
        }
    }

    /// With the default treatment, without IPv6.
    public Access(
            int vlan, int gateway, int prefixLength, long gatewayMac, long coreMac, int mtuBytes) {
        this(
                vlan,
                gateway,
                prefixLength,
                gatewayMac,
                coreMac,
                mtuBytes,
                LabelTreatment.DEFAULT,
                Ipv6Link.NONE);
    }

    public static Access of(
            int vlan,
            Ipv4Address gateway,
            int prefixLength,
            MacAddress gatewayMac,
            MacAddress coreMac,
            int mtuBytes) {
        return new Access(
                vlan, gateway.bits(), prefixLength, gatewayMac.bits(), coreMac.bits(), mtuBytes);
    }

    public Access with(LabelTreatment treatment) {
        return new Access(
                vlan, gateway, prefixLength, gatewayMac, coreMac, mtuBytes, treatment, ipv6);
    }

    public Access with(Ipv6Link link) {
        return new Access(
                vlan, gateway, prefixLength, gatewayMac, coreMac, mtuBytes, labelTreatment, link);
    }

    /// The largest packet with its labels that the core carries.
    int labelledBytesMax() {
        return mtuBytes + Adjacency.Labelled.LABELS_MAX * Mpls.ENTRY_BYTES;
    }

    public Ipv4Prefix subnet() {
        return Ipv4Prefix.containing(new Ipv4Address(gateway), prefixLength);
    }

    boolean isConnected(int address) {
        return ((address ^ gateway) & Ipv4Prefix.mask(prefixLength)) == 0;
    }

    /// The subnet's directed broadcast; a /31 (RFC 3021) and a /32 have none.
    boolean isSubnetBroadcast(int address) {
        return prefixLength < 31 && address == subnetBroadcast();
    }

    /// The last address of the subnet.
    int subnetBroadcast() {
        return gateway | ~Ipv4Prefix.mask(prefixLength);
    }
}
