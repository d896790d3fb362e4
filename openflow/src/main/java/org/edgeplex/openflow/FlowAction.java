package org.edgeplex.openflow;

/// One step of what a flow does with a frame. The text is that of ovs-ofctl(8).
public sealed interface FlowAction {
    /// Pushes an 802.1Q tag (EtherType 0x8100); [SetVlanId] follows.
    record PushVlan() implements FlowAction {
        @Override
        public String toString() {
            return "push_vlan:0x8100";
        }
    }

    record SetVlanId(int vlanId) implements FlowAction {
        /// OFPVID_PRESENT (OpenFlow 1.4.0, section 7.2.2.7).
        private static final int PRESENT = 0x1000;

        @Override
        public String toString() {
            return "set_field:" + (PRESENT | vlanId) + "->vlan_vid";
        }
    }

    record PopVlan() implements FlowAction {
        @Override
        public String toString() {
            return "pop_vlan";
        }
    }

    record Output(int ofport) implements FlowAction {
        @Override
        public String toString() {
            return "output:" + ofport;
        }
    }

    /// An instruction in OpenFlow's model: always the last step.
    record GotoTable(int tableId) implements FlowAction {
        @Override
        public String toString() {
            return "goto_table:" + tableId;
        }
    }

    /// Something that our flows never do.
    record Other(String text) implements FlowAction {
        @Override
        public String toString() {
            return text;
        }
    }
}
