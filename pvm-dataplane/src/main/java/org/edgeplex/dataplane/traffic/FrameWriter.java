package org.edgeplex.dataplane.traffic;

import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.InternetChecksum;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.Mpls;
import org.edgeplex.net.MplsLabel;

/// Writes the frames of a plan: a template of what all have in common, an entry for each flow.
///
/// ```
/// entry: | source, low 32 bits | destination | source port | checksum or sum |
/// ```
///
/// The last is the IPv4 header's checksum; with IPv6, where UDP must have one (RFC 8200, section
/// 8.1), the sum of all that a flow's packets have in common.
final class FrameWriter {
    private static final int ENTRY_BYTES = 16;
    private static final int SOURCE = 0;
    private static final int DESTINATION = 4;
    private static final int PORT = 8;
    private static final int SUM = 12;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int PROTOCOL_UDP = 17;
    private static final int UDP_CHECKSUM = 6;

    private final FlowPlan plan;
    private final int run;
    private final long template;
    private final long entries;
    private final int frameBytes;
    private final int ipAt;
    private final int udpAt;
    private final int stampAt;
    private final boolean isIpv6;
    private final int addressBytes;

    FrameWriter(SegmentAllocator memory, FlowPlan plan, int run) {
        this.plan = plan;
        this.run = run;
        frameBytes = plan.frameBytes();
        ipAt = plan.ipAt();
        udpAt = plan.udpAt();
        stampAt = plan.stampAt();
        isIpv6 = plan.isIpv6();
        addressBytes = plan.sources().first().capacity();
        template = memory.allocate(frameBytes, Long.BYTES).address();
        Memory.copy(headers(), template);
        entries = memory.allocate((long) plan.flows() * ENTRY_BYTES, Long.BYTES).address();
        for (int flow = 0; flow < plan.flows(); flow++) {
            putEntry(flow);
        }
    }

    FlowPlan plan() {
        return plan;
    }

    private byte[] headers() {
        ByteBuffer frame = ByteBuffer.allocate(frameBytes);
        frame.putShort((short) (plan.to().bits() >>> 32)).putInt((int) plan.to().bits());
        frame.putShort((short) (plan.from().bits() >>> 32)).putInt((int) plan.from().bits());
        if (plan.vlan() != FlowPlan.UNTAGGED) {
            frame.putShort((short) Ethernet.TYPE_VLAN).putShort((short) plan.vlan());
        }
        int ipType = isIpv6 ? TYPE_IPV6 : Ethernet.TYPE_IPV4;
        frame.putShort((short) (plan.labels().isEmpty() ? ipType : Ethernet.TYPE_MPLS));
        int left = plan.labels().size();
        for (MplsLabel label : plan.labels()) {
            int bottom = --left == 0 ? Mpls.BOTTOM_OF_STACK : 0;
            frame.putInt(Mpls.entry(label.value(), plan.dscp() >>> 3, bottom, plan.ttl()));
        }
        int udpBytes = frameBytes - udpAt;
        if (isIpv6) {
            frame.putInt(6 << 28 | plan.dscp() << 22).putShort((short) udpBytes);
            frame.put((byte) PROTOCOL_UDP).put((byte) plan.ttl());
        } else {
            frame.putShort((short) (0x4500 | plan.dscp() << 2));
            frame.putShort((short) (frameBytes - ipAt)).putInt(0);
            frame.put((byte) plan.ttl()).put((byte) PROTOCOL_UDP).putShort((short) 0);
        }
        frame.put(plan.sources().bytes()).put(plan.destinations().bytes());
        frame.putShort((short) 0).putShort((short) FlowPlan.PORT_DESTINATION);
        frame.putShort((short) udpBytes).putShort((short) 0);
        return frame.array();
    }

    private void putEntry(int flow) {
        long entry = entries + (long) flow * ENTRY_BYTES;
        Memory.putIntBig(entry + SOURCE, plan.source(flow));
        Memory.putIntBig(entry + DESTINATION, plan.destination(flow));
        Memory.putShortBig(entry + PORT, plan.sourcePort(flow));
        putFlow(template, entry);
        if (isIpv6) {
            int pseudoHeader = Short.toUnsignedInt(Short.reverseBytes((short) PROTOCOL_UDP));
            pseudoHeader += Memory.getShort(template + udpAt + 4);
            int from = udpAt - 2 * addressBytes;
            pseudoHeader += ~InternetChecksum.compute(template + from, 2 * addressBytes) & 0xffff;
            pseudoHeader +=
                    ~InternetChecksum.compute(template + udpAt, FlowPlan.UDP_BYTES) & 0xffff;
            Memory.putInt(entry + SUM, pseudoHeader);
        } else {
            Memory.putInt(entry + SUM, InternetChecksum.compute(template + ipAt, udpAt - ipAt));
        }
    }

    private void putFlow(long frame, long entry) {
        Memory.putInt(frame + udpAt - addressBytes - 4, Memory.getInt(entry + SOURCE));
        Memory.putInt(frame + udpAt - 4, Memory.getInt(entry + DESTINATION));
        Memory.putShort(frame + udpAt, Memory.getShort(entry + PORT));
    }

    /// Writes a whole frame into an empty packet.
    void write(long packet, int flow, long number, long nanos) {
        long frame = Mbuf.data(packet);
        long entry = entries + (long) flow * ENTRY_BYTES;
        Memory.copy(template, frame, frameBytes);
        Mbuf.setLength(packet, frameBytes);
        putFlow(frame, entry);
        long stamp = frame + stampAt;
        Stamp.put(stamp, run, flow, number, nanos);
        int sum = Memory.getInt(entry + SUM);
        if (isIpv6) {
            int checksum = fold(sum + (~InternetChecksum.compute(stamp, Stamp.BYTES) & 0xffff));
            // A checksum of 0 would say that there is none (RFC 768).
            Memory.putShort(frame + udpAt + UDP_CHECKSUM, checksum == 0 ? 0xffff : checksum);
        } else {
            Memory.putShort(frame + ipAt + 10, sum);
        }
    }

    private static int fold(int sum) {
        int folded = (sum & 0xffff) + (sum >>> 16);
        return ~((folded & 0xffff) + (folded >>> 16)) & 0xffff;
    }
}
