package org.edgeplex.lab.trial;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.List;
import org.edgeplex.dataplane.io.PacketIo;
import org.edgeplex.dataplane.io.dpdk.DpdkPool;
import org.edgeplex.dataplane.io.dpdk.DpdkPort;
import org.edgeplex.dataplane.io.dpdk.Eal;
import org.edgeplex.dataplane.io.dpdk.PortSpec;
import org.edgeplex.dataplane.packet.Mbuf;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.packet.PacketVector;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;

/// The customer and the core of a trial, in one: sends customer's packets, numbered from 0 on, and
/// counts those that come back with labels. On a thread inside the wire's namespace.
public final class FarEnd implements AutoCloseable {
    private static final int FRAME_BYTES = 64;
    private static final int TYPE_MPLS = 0x8847;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_IPV4 = 0x0800;

    /// How a payload begins that `edgeplex traffic echo` sends back.
    private static final int STAMP = 0x4550;

    private static final int TYPE_AT = 12;

    /// The number of a packet is its last four bytes, whatever is put before them on the way.
    private static final int NUMBER_BYTES = Integer.BYTES;

    private static final int PACKETS = 2047;
    private static final String CE_MAC = "02:00:00:00:07:02";

    private final Arena arena = Arena.ofShared();
    private final PacketVector burst = new PacketVector(arena, PacketIo.BURST_MAX);
    private final byte[] frame = customerFrame();
    private final DpdkPool pool;
    private final DpdkPort port;
    private int nextNumber;

    /// On the trial's wire.
    public FarEnd() {
        this("af_packet:" + DataplaneTrial.FAR, Eal.ANY_CPU);
    }

    /// @param wire a port
    /// @param cpu of the calling thread, when this is the first
    public FarEnd(String wire, int cpu) {
        PortSpec spec = PortSpec.parse(wire);
        Eal.start(new Eal.Options(Eal.Options.DEFAULT.memoryMegabytes(), cpu, List.of(spec)));
        pool = DpdkPool.create("far", PACKETS, 0);
        port = DpdkPort.open(spec, pool);
    }

    /// Sends that many packets, at most a burst; returns how many went.
    public int send(int count) {
        burst.clear();
        for (int i = 0; i < count; i++) {
            long packet = pool.allocate();
            Mbuf.write(packet, frame);
            Memory.putInt(Mbuf.data(packet) + FRAME_BYTES - NUMBER_BYTES, nextNumber++);
            burst.add(packet);
        }
        return port.transmit(burst);
    }

    /// What the next packet will have.
    public int nextNumber() {
        return nextNumber;
    }

    /// How many of ours have come back since the last call, with labels.
    public int receiveForwarded() {
        return receiveForwarded(0);
    }

    /// The same of those with this number or a later one: no late answer is taken for another's.
    public int receiveForwarded(int number) {
        return receive(TYPE_MPLS, number);
    }

    /// The same of those that come back as an echo sends them.
    public int receiveEchoed(int number) {
        return receive(TYPE_VLAN, number);
    }

    private int receive(int wanted, int number) {
        int found = 0;
        int count = port.receive(burst);
        for (int i = 0; i < count; i++) {
            long packet = burst.get(i);
            int type = Memory.getShort(Mbuf.data(packet) + TYPE_AT);
            if (Short.reverseBytes((short) type) == (short) wanted && number(packet) >= number) {
                found++;
            }
        }
        pool.free(burst);
        return found;
    }

    private static int number(long packet) {
        return Memory.getInt(Mbuf.data(packet) + Mbuf.length(packet) - NUMBER_BYTES);
    }

    private static byte[] customerFrame() {
        ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES);
        putMac(frame, DataplaneTrial.GATEWAY_MAC);
        putMac(frame, CE_MAC);
        frame.putShort((short) TYPE_VLAN).putShort((short) DataplaneTrial.VLAN);
        frame.putShort((short) TYPE_IPV4);
        int ip = frame.position();
        Ipv4Address to = DataplaneTrial.REMOTE_HOST;
        frame.putInt(0x4500_0000 | FRAME_BYTES - ip).putInt(0).putInt(64 << 24 | 17 << 16);
        frame.putInt(DataplaneTrial.CE.bits()).putInt(to.bits());
        int sum = 0;
        for (int at = ip; at < ip + 20; at += 2) {
            sum += frame.getShort(at) & 0xffff;
        }
        frame.putShort(ip + 10, (short) ~((sum & 0xffff) + (sum >>> 16)));
        frame.putShort((short) 1).putShort((short) 2).putShort((short) (FRAME_BYTES - ip - 20));
        frame.putShort((short) 0).putShort((short) STAMP); // without a UDP checksum
        return frame.array();
    }

    private static void putMac(ByteBuffer frame, String text) {
        long bits = MacAddress.parse(text).bits();
        frame.putShort((short) (bits >>> 32)).putInt((int) bits);
    }

    @Override
    public void close() {
        port.close();
        pool.close();
        arena.close();
    }
}
