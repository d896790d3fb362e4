package org.edgeplex.dataplane.forward;

import java.lang.foreign.SegmentAllocator;
import org.edgeplex.dataplane.io.PacketPool;
import org.edgeplex.dataplane.table.CuckooTable;
import org.edgeplex.dataplane.table.TableOutcome;

/// Neighbours of the connected subnet, dense in arrays; a number is valid until the next removal.
///
/// An entry is *incomplete* while its MAC address is being asked for; it then holds the last packet
/// that waits for the answer (RFC 1122, section 2.3.2.2).
final class NeighbourTable {
    static final int NONE = CuckooTable.MISSING;
    static final int NEIGHBOURS_MAX = 1024;

    private final CuckooTable index;
    private final int[] addresses = new int[NEIGHBOURS_MAX];
    private final long[] macs = new long[NEIGHBOURS_MAX];
    private final long[] confirmedNanos = new long[NEIGHBOURS_MAX];
    private final long[] requestedNanos = new long[NEIGHBOURS_MAX];
    private final long[] held = new long[NEIGHBOURS_MAX];
    private final byte[] requests = new byte[NEIGHBOURS_MAX];
    private final boolean[] complete = new boolean[NEIGHBOURS_MAX];
    private final boolean[] permanent = new boolean[NEIGHBOURS_MAX];
    private int size;

    NeighbourTable(SegmentAllocator memory) {
        index = new CuckooTable(memory, NEIGHBOURS_MAX);
    }

    int size() {
        return size;
    }

    /// The neighbour's number, or [#NONE].
    int find(int address) {
        return index.get(address);
    }

    /// A new incomplete entry, or [#NONE] if the table is full.
    int add(int address) {
        if (size == NEIGHBOURS_MAX || index.put(address, size) == TableOutcome.FULL) {
            return NONE;
        }
        int entry = size++;
        addresses[entry] = address;
        macs[entry] = 0;
        held[entry] = PacketPool.NONE;
        requests[entry] = 0;
        complete[entry] = false;
        permanent[entry] = false;
        return entry;
    }

    /// Removes an entry that holds no packet; the last one takes its number.
    void remove(int entry) {
        index.remove(addresses[entry]);
        int last = --size;
        if (entry != last) {
            addresses[entry] = addresses[last];
            macs[entry] = macs[last];
            confirmedNanos[entry] = confirmedNanos[last];
            requestedNanos[entry] = requestedNanos[last];
            held[entry] = held[last];
            requests[entry] = requests[last];
            complete[entry] = complete[last];
            permanent[entry] = permanent[last];
            index.put(addresses[entry], entry);
        }
    }

    void confirm(int entry, long mac, long nowNanos) {
        macs[entry] = mac;
        confirmedNanos[entry] = nowNanos;
        complete[entry] = true;
        requests[entry] = 0;
    }

    void setPermanent(int entry, boolean on) {
        permanent[entry] = on;
    }

    void requested(int entry, long nowNanos) {
        requestedNanos[entry] = nowNanos;
        requests[entry]++;
    }

    /// Takes the held packet out, [PacketPool#NONE] if there is none.
    long release(int entry) {
        long packet = held[entry];
        held[entry] = PacketPool.NONE;
        return packet;
    }

    void hold(int entry, long packet) {
        held[entry] = packet;
    }

    int address(int entry) {
        return addresses[entry];
    }

    long mac(int entry) {
        return macs[entry];
    }

    long confirmedNanos(int entry) {
        return confirmedNanos[entry];
    }

    long requestedNanos(int entry) {
        return requestedNanos[entry];
    }

    int requests(int entry) {
        return requests[entry];
    }

    boolean isComplete(int entry) {
        return complete[entry];
    }

    boolean isPermanent(int entry) {
        return permanent[entry];
    }
}
