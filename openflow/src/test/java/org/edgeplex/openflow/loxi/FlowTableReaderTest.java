package org.edgeplex.openflow.loxi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.edgeplex.openflow.Flow;
import org.edgeplex.openflow.Plans;
import org.junit.jupiter.api.Test;

final class FlowTableReaderTest {
    private static final int MUTATIONS = 2_000;
    private static final int ENTRY_HEADER_BYTES = 48;

    @Test
    void readsWhatOpenVSwitchWrites() throws IOException {
        List<ObservedFlow> flows = FlowTableReader.read(List.of(new Frame(fixture())));
        assertEquals(
                """
                cookie=0xed6e000000000001, table=0, priority=200,in_port=11,\
                vlan_tci=0x0000/0x1fff actions=push_vlan:0x8100,set_field:4197->vlan_vid,output:12
                cookie=0xed6e000000000000, table=0, priority=200,in_port=1,\
                vlan_tci=0x0000/0x1fff,dl_type=0x8847 actions=goto_table:1
                cookie=0xed6e000000000001, table=0, priority=200,in_port=12,dl_vlan=101\
                 actions=pop_vlan,output:11
                cookie=0xed6e000000000001, table=1, priority=300,dl_dst=02:00:00:00:00:01,\
                dl_type=0x8847,mpls_label=1001 actions=output:12
                cookie=0xed6e000000000000, table=1, priority=200,in_port=1 actions=drop
                """
                        .lines()
                        .sorted()
                        .toList(),
                flows.stream()
                        .limit(5)
                        .map(flow -> flow.entry().flow().toString())
                        .sorted()
                        .toList());
        assertTrue(flows.stream().limit(5).noneMatch(flow -> flow.entry().expires()));
        // Connection tracking and a register: extensions.
        ObservedFlow foreign = flows.getLast();
        assertEquals(5, foreign.entry().tableId());
        assertTrue(foreign.entry().expires());
        assertEquals(32, foreign.wireMatch().length);
    }

    @Test
    void readsBackWhatItWrites() throws IOException {
        Map<String, Integer> ofports = new HashMap<>();
        Plans.PORTS.forEach(port -> ofports.put(port, ofports.size() + 1));
        for (Flow flow : Plans.two().resolve(ofports).flows()) {
            byte[] flowMod = FlowCodec.add(flow, 7);
            ObservedFlow observed =
                    FlowTableReader.read(List.of(replyWith(flow, flowMod))).getFirst();
            assertEquals(flow, observed.entry().flow());
            byte[] delete = FlowCodec.deleteStrict(observed, 8);
            assertEquals(delete.length, ByteBuffer.wrap(delete).getShort(2));
            assertTrue(Messages.decode(new Frame(delete)).toString().contains("Delete"));
            int matchEnd = ENTRY_HEADER_BYTES + observed.wireMatch().length;
            assertEquals(
                    ByteBuffer.wrap(flowMod, ENTRY_HEADER_BYTES, matchEnd - ENTRY_HEADER_BYTES),
                    ByteBuffer.wrap(delete, ENTRY_HEADER_BYTES, matchEnd - ENTRY_HEADER_BYTES));
        }
    }

    /// A reply with one entry: as in a flow-mod, match and instructions follow 48 bytes.
    private static Frame replyWith(Flow flow, byte[] flowMod) {
        int length = flowMod.length;
        ByteBuffer reply = ByteBuffer.allocate(16 + length);
        reply.put((byte) 5).put((byte) Frame.MULTIPART_REPLY).putShort((short) reply.capacity());
        reply.putInt(7).putShort((short) 1).position(16);
        reply.putShort((short) length).put((byte) flow.tableId()).position(16 + 12);
        reply.putShort((short) flow.priority()).position(16 + 24);
        reply.putLong(flow.cookie()).position(16 + ENTRY_HEADER_BYTES);
        reply.put(flowMod, ENTRY_HEADER_BYTES, length - ENTRY_HEADER_BYTES);
        return new Frame(reply.array());
    }

    @Test
    void aReplyThatIsCutOffIsMalformed() throws IOException {
        byte[] whole = fixture();
        int entryEnds = 0;
        for (int length = Frame.HEADER_BYTES; length < whole.length; length++) {
            Frame cut = new Frame(Arrays.copyOf(whole, length));
            try {
                FlowTableReader.read(List.of(cut));
                entryEnds++;
            } catch (Frame.Malformed _) {
                // As it should be, but between two entries.
            }
        }
        assertEquals(6, entryEnds);
    }

    @Test
    void anotherKindOfStatisticsIsMalformed() throws IOException {
        byte[] bytes = fixture();
        bytes[9] = 2;
        assertThrows(Frame.Malformed.class, () -> FlowTableReader.read(List.of(new Frame(bytes))));
    }

    @Test
    void mutatedRepliesNeverSurprise() throws IOException {
        byte[] original = fixture();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = original.clone();
            for (int change = random.nextInt(1, 5); change > 0; change--) {
                mutated[random.nextInt(16, mutated.length)] = (byte) random.nextInt();
            }
            anythingIsAFlowTableOrMalformed(mutated);
        }
    }

    @FuzzTest
    void anythingIsAFlowTableOrMalformed(byte[] bytes) {
        if (bytes.length < Frame.HEADER_BYTES) {
            return;
        }
        Frame frame = new Frame(bytes);
        try {
            for (ObservedFlow flow : FlowTableReader.read(List.of(frame))) {
                assertTrue(flow.entry().priority() >= 0);
                FlowCodec.deleteStrict(flow, 1);
            }
        } catch (Frame.Malformed _) {
            // The peer's fault, which ends the request.
        }
        assertTrue(!Messages.errorText(frame).isEmpty());
        Messages.isCommitReply(frame);
    }

    private static byte[] fixture() throws IOException {
        String name = "/wire/flow-stats-reply-ovs-3.1.hex";
        try (InputStream in =
                Objects.requireNonNull(FlowTableReaderTest.class.getResourceAsStream(name))) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replace("\n", ""));
        }
    }
}
