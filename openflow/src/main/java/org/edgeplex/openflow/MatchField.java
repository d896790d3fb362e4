package org.edgeplex.openflow;

import java.util.HexFormat;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// One field of a flow's match. The text is that of ovs-ofctl(8).
public sealed interface MatchField {
    /// MPLS unicast (RFC 5332, section 4).
    int ETH_TYPE_MPLS = 0x8847;

    record InPort(int ofport) implements MatchField {
        @Override
        public String toString() {
            return "in_port=" + ofport;
        }
    }

    record EthDst(MacAddress address) implements MatchField {
        @Override
        public String toString() {
            return "dl_dst=" + address;
        }
    }

    /// The frame has no 802.1Q tag.
    record Untagged() implements MatchField {
        @Override
        public String toString() {
            return "vlan_tci=0x0000/0x1fff";
        }
    }

    record VlanId(int vlanId) implements MatchField {
        @Override
        public String toString() {
            return "dl_vlan=" + vlanId;
        }
    }

    record EthType(int type) implements MatchField {
        @Override
        public String toString() {
            return "dl_type=0x" + HexFormat.of().toHexDigits((short) type);
        }
    }

    /// The label of the top entry of the stack.
    record TopLabel(MplsLabel label) implements MatchField {
        @Override
        public String toString() {
            return "mpls_label=" + label;
        }
    }

    /// Something that our flows never match on.
    record Other(String text) implements MatchField {
        @Override
        public String toString() {
            return text;
        }
    }

    private int rank() {
        return switch (this) {
            case InPort _ -> 0;
            case EthDst _ -> 1;
            case Untagged _, VlanId _ -> 2;
            case EthType _ -> 3;
            case TopLabel _ -> 4;
            case Other _ -> 5;
        };
    }

    /// The canonical order of the fields of a match.
    static int compare(MatchField left, MatchField right) {
        int byRank = Integer.compare(left.rank(), right.rank());
        return byRank != 0 ? byRank : left.toString().compareTo(right.toString());
    }
}
