package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.PacketVector;

/// What a burst has become: packets for the wire, packets for the kernel, packets to free.
final class Outputs {
    /// A packet can cause more than one: fragments, an ARP request, one that ARP releases.
    private static final int CAPACITY = 8 * PacketIo.BURST_MAX;

    private final PacketVector port;
    private final PacketVector tap;
    private final PacketVector dropped;
    private final PacketPool pool;
    private final Counters counters;

    Outputs(SegmentAllocator memory, PacketPool pool, Counters counters) {
        port = new PacketVector(memory, CAPACITY);
        tap = new PacketVector(memory, CAPACITY);
        dropped = new PacketVector(memory, CAPACITY);
        this.pool = pool;
        this.counters = counters;
    }

    void toCustomer(long packet) {
        send(port, packet, Counter.TO_CUSTOMER_PACKETS);
    }

    void toCore(long packet) {
        send(port, packet, Counter.TO_CORE_PACKETS);
    }

    /// For a caller who looks after room and counters himself.
    PacketVector port() {
        return port;
    }

    void toTap(long packet) {
        send(tap, packet, Counter.TO_TAP_PACKETS);
    }

    private void send(PacketVector output, long packet, Counter counter) {
        if (output.isFull()) {
            drop(packet, Counter.DROP_OUTPUT_FULL);
        } else {
            output.add(packet);
            counters.increment(counter);
        }
    }

    void drop(long packet, Counter reason) {
        counters.increment(reason);
        if (dropped.isFull()) {
            pool.free(dropped);
        }
        dropped.add(packet);
    }

    /// Hands everything on; all vectors are empty afterwards.
    void flush(PacketIo toPort, PacketIo toTap) {
        flush(port, toPort);
        flush(tap, toTap);
        pool.free(dropped);
    }

    private void flush(PacketVector packets, PacketIo output) {
        int offered = packets.size();
        if (offered > 0) {
            counters.add(Counter.DROP_NOT_SENT, offered - output.transmit(packets));
        }
    }
}
