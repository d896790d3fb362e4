package org.edgeplex.dataplane.io.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.edgeplex.dataplane.io.IdleMode;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.PortStatistics;
import org.edgeplex.dataplane.io.linux.PacketSockets;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.PacketVector;

/// An Ethernet port of DPDK with one receive and one transmit queue.
///
/// af_packet and VLAN: the kernel takes the 802.1Q tag out of a frame that it hands to a packet
/// socket; the driver puts it back as long as VLAN stripping is not asked for, which it is not
/// here.
public final class DpdkPort implements PacketIo {
    private static final int DESCRIPTORS = 256;

    /// Drivers that only touch memory: a critical call to them holds up no safepoint.
    private static final List<String> NEVER_BLOCK = List.of("net_null", "net_ring");

    private final PortSpec spec;
    private final boolean neverBlocks;
    private final int port;
    private final Alarm alarm;
    private final long receiveFunction;
    private final long receiveQueue;
    private final long transmitFunction;
    private final long transmitQueue;
    private boolean isClosed;

    /// By the kernel, for want of room in the ring: the af_packet driver does not ask for it.
    private long dropped;

    private DpdkPort(PortSpec spec, int port, Alarm alarm) {
        this.spec = spec;
        neverBlocks = NEVER_BLOCK.stream().anyMatch(spec.name()::startsWith);
        this.port = port;
        this.alarm = alarm;
        long operations = Dpdk.symbolAddress("rte_eth_fp_ops") + (long) port * Layout.FP_OPS_STRIDE;
        // Read after the start: a stopped port has dummy functions here.
        receiveFunction = Memory.getLong(operations + Layout.FP_OPS_RX_BURST);
        transmitFunction = Memory.getLong(operations + Layout.FP_OPS_TX_BURST);
        receiveQueue = Memory.getLong(Memory.getLong(operations + Layout.FP_OPS_RX_QUEUES));
        transmitQueue = Memory.getLong(Memory.getLong(operations + Layout.FP_OPS_TX_QUEUES));
    }

    /// Opens and starts a port; a network card must have been in the options of [Eal#start].
    ///
    /// @throws DpdkException saying what to install or to change
    public static DpdkPort open(PortSpec spec, DpdkPool pool) {
        String device = spec.name();
        Drivers.require(spec);
        Set<Integer> earlierSockets =
                spec.type() == PortSpec.Type.AF_XDP ? PacketSockets.xdp() : Set.of();
        if (spec.pciAddress().isEmpty()) {
            int result = Drivers.add(spec);
            if (result < 0) {
                throw new DpdkException(Drivers.whyNot(spec, result));
            }
        }
        int port = Dpdk.portByName(device);
        if (port < 0) {
            throw new DpdkException(Drivers.whyNot(spec, port));
        }
        if (port >= Layout.PORTS_MAX) {
            throw new DpdkException("port number " + port + " of " + device);
        }
        boolean hasInterrupt = Alarm.needsInterrupt(spec);
        check("configuring " + device, hasInterrupt, Dpdk.configure(port, hasInterrupt));
        check(
                "receive queue of " + device,
                Dpdk.setUpReceiveQueue(port, DESCRIPTORS, pool.address()));
        check("transmit queue of " + device, Dpdk.setUpTransmitQueue(port, DESCRIPTORS));
        check("starting " + device, hasInterrupt, Dpdk.portCall("rte_eth_dev_start", port));
        // For frames to more than one address. Drivers without a filter refuse, and need it not.
        int ignored = Dpdk.portCall("rte_eth_promiscuous_enable", port);
        try {
            return new DpdkPort(spec, port, Alarm.of(spec, port, earlierSockets));
        } catch (DpdkException e) {
            end(spec, port);
            throw e;
        }
    }

    /// DPDK's number of the port.
    public int number() {
        return port;
    }

    @Override
    public int receive(PacketVector packets) {
        int room = Math.min(BURST_MAX, packets.capacity());
        int count = burst(receiveFunction, receiveQueue, packets.address(), room);
        packets.setSize(count);
        return count;
    }

    @Override
    public int transmit(PacketVector packets) {
        int offered = packets.size();
        if (offered == 0) {
            return 0;
        }
        int sent = burst(transmitFunction, transmitQueue, packets.address(), offered);
        if (sent < offered) {
            Dpdk.freeBulk(packets.address() + (long) sent * Long.BYTES, offered - sent);
        }
        packets.clear();
        return sent;
    }

    private int burst(long function, long queue, long packets, int count) {
        return neverBlocks
                ? Dpdk.quickBurst(function, queue, packets, count)
                : Dpdk.burst(function, queue, packets, count);
    }

    @Override
    public int descriptor() {
        return alarm.descriptor();
    }

    @Override
    public IdleMode idleMode() {
        return spec.idle();
    }

    @Override
    public boolean arm() {
        return alarm.arm();
    }

    @Override
    public void disarm() {
        alarm.disarm();
    }

    /// What the driver has counted; from any thread, as the driver's numbers are read without
    /// touching its queues, and what the kernel dropped before them. None after the port was
    /// closed, or if the driver does not count.
    public synchronized Optional<PortStatistics> statistics() {
        if (isClosed) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(Layout.ETH_STATS_BYTES, Long.BYTES);
            if (Dpdk.statistics(port, found) < 0) {
                return Optional.empty();
            }
            if (spec.type() == PortSpec.Type.AF_PACKET && descriptor() != NO_DESCRIPTOR) {
                dropped += PacketSockets.takeDrops(descriptor());
            }
            return Optional.of(
                    new PortStatistics(
                            found.get(JAVA_LONG, Layout.STATS_RX_PACKETS),
                            found.get(JAVA_LONG, Layout.STATS_RX_BYTES),
                            found.get(JAVA_LONG, Layout.STATS_TX_PACKETS),
                            found.get(JAVA_LONG, Layout.STATS_TX_BYTES),
                            found.get(JAVA_LONG, Layout.STATS_RX_MISSED) + dropped,
                            found.get(JAVA_LONG, Layout.STATS_RX_ERRORS),
                            found.get(JAVA_LONG, Layout.STATS_RX_NO_BUFFER),
                            found.get(JAVA_LONG, Layout.STATS_TX_ERRORS)));
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        end(spec, port);
        alarm.close();
    }

    private static void end(PortSpec spec, int port) {
        Dpdk.portCall("rte_eth_dev_stop", port);
        Dpdk.portCall("rte_eth_dev_close", port);
        if (spec.pciAddress().isEmpty()) {
            Dpdk.removeDevice(spec.name());
        }
    }

    private static void check(String what, boolean hasInterrupt, int result) {
        check(what + (hasInterrupt ? " with an interrupt for received packets" : ""), result);
    }

    private static void check(String what, int result) {
        if (result < 0) {
            throw new DpdkException(what + " failed: error " + -result);
        }
    }
}
