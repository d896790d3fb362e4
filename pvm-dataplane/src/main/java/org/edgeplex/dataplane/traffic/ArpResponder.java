package org.edgeplex.dataplane.traffic;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.packet.Arp;
import org.edgeplex.dataplane.packet.Ethernet;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.PacketVector;

/// Answers ARP requests for a range of addresses, on a port behind which no kernel does.
final class ArpResponder {
    private final PacketIo port;
    private final Addresses addresses;
    private final long mac;
    private final PacketVector replies;

    ArpResponder(SegmentAllocator memory, PacketIo port, Addresses addresses, long mac) {
        this.port = port;
        this.addresses = addresses;
        this.mac = mac;
        replies = new PacketVector(memory, PacketIo.BURST_MAX);
    }

    /// Takes the requests out of the vector and turns each into its answer.
    void take(PacketVector packets) {
        int count = packets.size();
        replies.clear();
        packets.clear();
        for (int i = 0; i < count; i++) {
            // The entries are still there, and none is overwritten before it is read.
            long packet = packets.get(i);
            if (isRequest(packet)) {
                answer(packet);
                replies.add(packet);
            } else {
                packets.add(packet);
            }
        }
        if (!replies.isEmpty()) {
            int ignored = port.transmit(replies);
        }
    }

    private boolean isRequest(long packet) {
        long arp = FrameReader.network(packet);
        return FrameReader.type(packet) == Ethernet.TYPE_ARP
                && arp + Arp.BYTES <= FrameReader.end(packet)
                && Arp.isEthernetIpv4(arp)
                && Arp.operation(arp) == Arp.REQUEST
                && addresses.containsIpv4(Arp.targetProtocol(arp));
    }

    private void answer(long packet) {
        long frame = Mbuf.data(packet);
        long arp = FrameReader.network(packet);
        long asker = Arp.senderHardware(arp);
        Ethernet.putAddress(frame + Ethernet.DESTINATION, asker);
        Ethernet.putAddress(frame + Ethernet.SOURCE, mac);
        int asked = Arp.targetProtocol(arp);
        int askedBy = Arp.senderProtocol(arp);
        Arp.put(arp, Arp.REPLY, mac, asked, asker, askedBy);
    }
}
