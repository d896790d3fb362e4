package org.edgeplex.openflow.loxi;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.edgeplex.openflow.Flow;
import org.edgeplex.openflow.FlowAction;
import org.edgeplex.openflow.FlowEntry;
import org.edgeplex.openflow.MatchField;
import org.projectfloodlight.openflow.protocol.OFFlowStatsEntry;
import org.projectfloodlight.openflow.protocol.OFFlowStatsReply;

/// Flow statistics, from the messages of the switch to our flows (OpenFlow 1.4.0, section 7.3.5.2).
///
/// ```
/// |            length             |   table_id    |      pad      |
/// |                         duration_sec                          |
/// |                         duration_nsec                         |
/// |           priority            |         idle_timeout          |
/// |         hard_timeout          |             flags             |
/// |          importance           |              pad              |
/// |                      cookie, packets, bytes (64 bits each)    |
/// |                 match, padded to 8; instructions              |
/// ```
///
/// Each entry is cut out by its length and read on its own: an entry with extensions that Loxi does
/// not know (Nicira's, say) is a flow with an opaque match or action, not the end of the list.
final class FlowTableReader {
    private static final int MULTIPART_HEADER_BYTES = 16;
    private static final int MULTIPART_FLOW = 1;
    private static final int ENTRY_HEADER_BYTES = 48;
    private static final int MATCH_HEADER_BYTES = 4;

    private static final Comparator<FlowEntry> TABLE_ORDER =
            Comparator.comparingInt(FlowEntry::tableId)
                    .thenComparing(FlowEntry::priority, Comparator.reverseOrder())
                    .thenComparing(FlowEntry::match);

    private FlowTableReader() {}

    static List<ObservedFlow> read(List<Frame> replies) throws Frame.Malformed {
        List<ObservedFlow> flows = new ArrayList<>();
        for (Frame reply : replies) {
            if (reply.type() == Frame.MULTIPART_REPLY) {
                readReply(reply, flows);
            }
        }
        flows.sort(Comparator.comparing(ObservedFlow::entry, TABLE_ORDER));
        return flows;
    }

    private static void readReply(Frame reply, List<ObservedFlow> flows) throws Frame.Malformed {
        ByteBuffer body = reply.body();
        if (body.limit() < MULTIPART_HEADER_BYTES
                || body.getShort(Frame.HEADER_BYTES) != MULTIPART_FLOW) {
            throw new Frame.Malformed("no flow statistics");
        }
        int offset = MULTIPART_HEADER_BYTES;
        while (offset < body.limit()) {
            int left = body.limit() - offset;
            int length = left < Short.BYTES ? 0 : body.getShort(offset) & 0xffff;
            if (length < ENTRY_HEADER_BYTES + MATCH_HEADER_BYTES || length > left) {
                throw new Frame.Malformed("flow entry of " + length + " bytes, " + left + " left");
            }
            flows.add(readEntry(Arrays.copyOfRange(reply.bytes(), offset, offset + length)));
            offset += length;
        }
    }

    private static ObservedFlow readEntry(byte[] bytes) throws Frame.Malformed {
        ByteBuffer entry = ByteBuffer.wrap(bytes);
        int matchBytes = padded(entry.getShort(ENTRY_HEADER_BYTES + Short.BYTES) & 0xffff);
        if (matchBytes < MATCH_HEADER_BYTES || ENTRY_HEADER_BYTES + matchBytes > bytes.length) {
            throw new Frame.Malformed("match of " + matchBytes + " bytes");
        }
        byte[] wireMatch =
                Arrays.copyOfRange(bytes, ENTRY_HEADER_BYTES, ENTRY_HEADER_BYTES + matchBytes);
        int tableId = bytes[2] & 0xff;
        int priority = entry.getShort(12) & 0xffff;
        int timeouts = entry.getInt(14);
        long cookie = entry.getLong(24);
        Flow flow;
        try {
            OFFlowStatsEntry stats = loxiEntry(bytes);
            List<MatchField> match = FlowCodec.matchFields(stats.getMatch());
            List<FlowAction> actions = FlowCodec.actions(stats.getInstructions());
            flow = new Flow(tableId, priority, cookie, match, actions);
        } catch (Frame.Malformed | RuntimeException _) {
            // RuntimeException: Loxi checks little of what it reads, and says so in many ways.
            flow = opaque(bytes, wireMatch, tableId, priority, cookie);
        }
        long durationSeconds = entry.getInt(4) & 0xffff_ffffL;
        return new ObservedFlow(
                new FlowEntry(
                        flow, timeouts != 0, entry.getLong(32), entry.getLong(40), durationSeconds),
                wireMatch);
    }

    private static int padded(int bytes) {
        return (bytes + 7) & ~7;
    }

    private static Flow opaque(
            byte[] bytes, byte[] wireMatch, int tableId, int priority, long cookie) {
        HexFormat hex = HexFormat.of();
        int instructions = ENTRY_HEADER_BYTES + wireMatch.length;
        return new Flow(
                tableId,
                priority,
                cookie,
                List.of(new MatchField.Other("oxm:" + hex.formatHex(wireMatch))),
                List.of(
                        new FlowAction.Other(
                                "instructions:"
                                        + hex.formatHex(bytes, instructions, bytes.length))));
    }

    /// Loxi reads entries only as part of a reply, so it gets a reply with this one.
    private static OFFlowStatsEntry loxiEntry(byte[] bytes) throws Frame.Malformed {
        int length = MULTIPART_HEADER_BYTES + bytes.length;
        if (length > Frame.FRAME_BYTES_MAX) {
            throw new Frame.Malformed("entry of " + bytes.length + " bytes");
        }
        ByteBuffer reply = ByteBuffer.allocate(length);
        reply.put((byte) Frame.VERSION_1_4).put((byte) Frame.MULTIPART_REPLY);
        reply.putShort((short) length).putInt(0).putShort((short) MULTIPART_FLOW);
        reply.position(MULTIPART_HEADER_BYTES).put(bytes);
        if (Messages.decode(new Frame(reply.array())) instanceof OFFlowStatsReply stats
                && stats.getEntries().size() == 1) {
            return stats.getEntries().getFirst();
        }
        throw new Frame.Malformed("no flow statistics");
    }
}
