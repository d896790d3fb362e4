package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.PacketVector;
import org.edgeplex.telemetry.TrafficRows;

/// What a burst has become: packets for the wire, packets for the kernel, packets to free.
final class Outputs {
    /// A packet can cause more than one: fragments, an ARP request, one that ARP releases.
    private static final int CAPACITY = 8 * PacketIo.BURST_MAX;

    private final PacketVector port;
    private final PacketVector tap;
    private final PacketVector dropped;
    private final PacketPool pool;
    private final Counters counters;
    private Tracer tracer = Tracer.NONE;

    Outputs(SegmentAllocator memory, PacketPool pool, Counters counters) {
        port = new PacketVector(memory, CAPACITY);
        tap = new PacketVector(memory, CAPACITY);
        dropped = new PacketVector(memory, CAPACITY);
        this.pool = pool;
        this.counters = counters;
    }

    void setTracer(Tracer now) {
        tracer = now;
    }

    void toCustomer(long packet) {
        tracer.toWire();
        send(port, packet, Counter.TO_CUSTOMER_PACKETS, Counter.TO_CUSTOMER_BYTES);
    }

    void toCore(long packet) {
        tracer.toWire();
        send(port, packet, Counter.TO_CORE_PACKETS, Counter.TO_CORE_BYTES);
    }

    /// A packet with the labels of an adjacency.
    void toCore(long packet, int adjacency) {
        tracer.toWire();
        int bytes = Mbuf.length(packet);
        if (send(port, packet, Counter.TO_CORE_PACKETS, Counter.TO_CORE_BYTES)) {
            counters.pushed.add(adjacency, TrafficRows.packets(1, bytes));
        }
    }

    /// For a caller who looks after room and counters himself.
    PacketVector port() {
        return port;
    }

    void toTap(long packet) {
        tracer.toKernel();
        send(tap, packet, Counter.TO_TAP_PACKETS, Counter.TO_TAP_BYTES);
    }

    /// True if the packet is on its way, false if it has been dropped.
    private boolean send(PacketVector output, long packet, Counter packets, Counter bytes) {
        if (output.isFull()) {
            drop(packet, Counter.DROP_OUTPUT_FULL);
            return false;
        }
        output.add(packet);
        counters.increment(packets);
        counters.add(bytes, Mbuf.length(packet));
        return true;
    }

    void drop(long packet, Counter reason) {
        tracer.dropped(reason);
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
