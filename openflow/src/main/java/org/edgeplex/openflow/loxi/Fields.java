package org.edgeplex.openflow.loxi;

import org.edgeplex.net.MacAddress;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.OFVlanVidMatch;
import org.projectfloodlight.openflow.types.U32;

/// Loxi's names for the fields that our flows match on; its `MatchField` and ours have one name.
final class Fields {
    static final MatchField<OFPort> IN_PORT = MatchField.IN_PORT;
    static final MatchField<org.projectfloodlight.openflow.types.MacAddress> ETH_DST =
            MatchField.ETH_DST;
    static final MatchField<OFVlanVidMatch> VLAN_VID = MatchField.VLAN_VID;
    static final MatchField<EthType> ETH_TYPE = MatchField.ETH_TYPE;
    static final MatchField<U32> MPLS_LABEL = MatchField.MPLS_LABEL;

    private Fields() {}

    static org.projectfloodlight.openflow.types.MacAddress loxi(MacAddress address) {
        return org.projectfloodlight.openflow.types.MacAddress.of(address.bits());
    }

    static MacAddress ours(org.projectfloodlight.openflow.types.MacAddress address) {
        return new MacAddress(address.getLong());
    }
}
