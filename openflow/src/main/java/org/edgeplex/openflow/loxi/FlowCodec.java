package org.edgeplex.openflow.loxi;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.openflow.Flow;
import org.edgeplex.openflow.FlowAction;
import org.edgeplex.openflow.MatchField;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.action.OFActionOutput;
import org.projectfloodlight.openflow.protocol.action.OFActionPopVlan;
import org.projectfloodlight.openflow.protocol.action.OFActionPushVlan;
import org.projectfloodlight.openflow.protocol.action.OFActionSetField;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionApplyActions;
import org.projectfloodlight.openflow.protocol.instruction.OFInstructionGotoTable;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.protocol.oxm.OFOxmVlanVid;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.OFVlanVidMatch;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U32;
import org.projectfloodlight.openflow.types.U64;

/// Our flows to and from Loxi's.
final class FlowCodec {
    private static final int DELETE_STRICT = 4;
    private static final int FLOW_MOD = 14;
    private static final int FLOW_MOD_HEADER_BYTES = 48;

    private FlowCodec() {}

    /// Adds the flow, or puts it, cookie and all, in the place of one with the same match.
    static byte[] add(Flow flow, int xid) {
        return encode(Messages.FACTORY.buildFlowAdd(), flow, xid);
    }

    /// Changes the actions of the flow with the same match and priority.
    static byte[] modifyStrict(Flow flow, int xid) {
        return encode(Messages.FACTORY.buildFlowModifyStrict(), flow, xid);
    }

    private static byte[] encode(OFFlowMod.Builder builder, Flow flow, int xid) {
        return Messages.encode(
                builder.setXid(xid)
                        .setTableId(TableId.of(flow.tableId()))
                        .setPriority(flow.priority())
                        .setCookie(U64.of(flow.cookie()))
                        .setMatch(match(flow.match()))
                        .setInstructions(instructions(flow.actions()))
                        .setBufferId(OFBufferId.NO_BUFFER)
                        .build());
    }

    /// Deletes exactly what was seen, if its cookie is still the one that was seen (OpenFlow 1.4.0,
    /// section 7.3.4.1). From the switch's own bytes, as its match need not be one of ours.
    static byte[] deleteStrict(ObservedFlow observed, int xid) {
        int length = FLOW_MOD_HEADER_BYTES + observed.wireMatch().length;
        ByteBuffer frame = ByteBuffer.allocate(length);
        frame.put((byte) Frame.VERSION_1_4).put((byte) FLOW_MOD).putShort((short) length);
        frame.putInt(xid).putLong(observed.entry().cookie()).putLong(-1L);
        frame.put((byte) observed.entry().tableId()).put((byte) DELETE_STRICT).putInt(0);
        frame.putShort((short) observed.entry().priority());
        int any = OFPort.ANY.getPortNumber(); // OFPG_ANY and OFP_NO_BUFFER are the same number.
        frame.putInt(any).putInt(any).putInt(any).putInt(0);
        return frame.put(observed.wireMatch()).array();
    }

    private static Match match(List<MatchField> fields) {
        Match.Builder match = Messages.FACTORY.buildMatch();
        for (MatchField field : fields) {
            switch (field) {
                case MatchField.InPort(int ofport) ->
                        match.setExact(Fields.IN_PORT, OFPort.of(ofport));
                case MatchField.EthDst(MacAddress address) ->
                        match.setExact(Fields.ETH_DST, Fields.loxi(address));
                case MatchField.Untagged() ->
                        match.setExact(Fields.VLAN_VID, OFVlanVidMatch.UNTAGGED);
                case MatchField.VlanId(int vlanId) ->
                        match.setExact(Fields.VLAN_VID, OFVlanVidMatch.ofVlan(vlanId));
                case MatchField.EthType(int type) ->
                        match.setExact(Fields.ETH_TYPE, EthType.of(type));
                case MatchField.TopLabel(MplsLabel label) ->
                        match.setExact(Fields.MPLS_LABEL, U32.of(label.value()));
                case MatchField.Other(String text) ->
                        throw new IllegalArgumentException("not a match of ours: " + text);
            }
        }
        return match.build();
    }

    private static List<OFInstruction> instructions(List<FlowAction> actions) {
        List<OFAction> applied = new ArrayList<>();
        List<OFInstruction> instructions = new ArrayList<>();
        for (FlowAction action : actions) {
            switch (action) {
                case FlowAction.PushVlan() ->
                        applied.add(Messages.FACTORY.actions().pushVlan(EthType.VLAN_FRAME));
                case FlowAction.SetVlanId(int vlanId) ->
                        applied.add(
                                Messages.FACTORY
                                        .actions()
                                        .setField(
                                                Messages.FACTORY
                                                        .oxms()
                                                        .vlanVid(OFVlanVidMatch.ofVlan(vlanId))));
                case FlowAction.PopVlan() -> applied.add(Messages.FACTORY.actions().popVlan());
                case FlowAction.Output(int ofport) ->
                        applied.add(Messages.FACTORY.actions().output(OFPort.of(ofport), 0));
                case FlowAction.GotoTable(int tableId) ->
                        instructions.add(
                                Messages.FACTORY.instructions().gotoTable(TableId.of(tableId)));
                case FlowAction.Other(String text) ->
                        throw new IllegalArgumentException("not an action of ours: " + text);
            }
        }
        if (!applied.isEmpty()) {
            instructions.addFirst(Messages.FACTORY.instructions().applyActions(applied));
        }
        return instructions;
    }

    static List<MatchField> matchFields(Match match) {
        List<MatchField> fields = new ArrayList<>();
        for (var field : match.getMatchFields()) {
            fields.add(matchField(match, field));
        }
        return fields;
    }

    private static MatchField matchField(
            Match match, org.projectfloodlight.openflow.protocol.match.MatchField<?> field) {
        if (!match.isExact(field)) {
            return new MatchField.Other(field.getName() + '=' + match.getMasked(field));
        }
        return switch (field.id) {
            case IN_PORT -> new MatchField.InPort(match.get(Fields.IN_PORT).getPortNumber());
            case ETH_DST -> new MatchField.EthDst(Fields.ours(match.get(Fields.ETH_DST)));
            case ETH_TYPE -> new MatchField.EthType(match.get(Fields.ETH_TYPE).getValue());
            case VLAN_VID -> vlan(match.get(Fields.VLAN_VID));
            case MPLS_LABEL ->
                    new MatchField.TopLabel(new MplsLabel(match.get(Fields.MPLS_LABEL).getRaw()));
            default -> new MatchField.Other(field.getName() + '=' + match.get(field));
        };
    }

    private static MatchField vlan(OFVlanVidMatch vid) {
        if (vid.equals(OFVlanVidMatch.UNTAGGED)) {
            return new MatchField.Untagged();
        }
        return vid.isPresentBitSet()
                ? new MatchField.VlanId(vid.getVlan())
                : new MatchField.Other("vlan_vid=" + vid);
    }

    static List<FlowAction> actions(List<OFInstruction> instructions) {
        List<FlowAction> actions = new ArrayList<>();
        for (OFInstruction instruction : instructions) {
            switch (instruction) {
                case OFInstructionApplyActions apply ->
                        apply.getActions().forEach(action -> actions.add(action(action)));
                case OFInstructionGotoTable to ->
                        actions.add(new FlowAction.GotoTable(to.getTableId().getValue()));
                default -> actions.add(new FlowAction.Other(instruction.toString()));
            }
        }
        return actions;
    }

    private static FlowAction action(OFAction action) {
        return switch (action) {
            case OFActionPushVlan push when push.getEthertype().equals(EthType.VLAN_FRAME) ->
                    new FlowAction.PushVlan();
            case OFActionPopVlan _ -> new FlowAction.PopVlan();
            case OFActionOutput output -> new FlowAction.Output(output.getPort().getPortNumber());
            case OFActionSetField set
                    when set.getField() instanceof OFOxmVlanVid vid
                            && vid.getValue().isPresentBitSet() ->
                    new FlowAction.SetVlanId(vid.getValue().getVlan());
            default -> new FlowAction.Other(action.toString());
        };
    }
}
