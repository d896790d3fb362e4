package org.edgeplex.dataplane.forward;

import static org.edgeplex.dataplane.forward.ForwarderRig.*;
import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.edgeplex.dataplane.packet.PacketBuilder;

/// One packet in, the verdict, what goes out.
///
/// @param counter the one that names the reason; counts exactly once
/// @param out frames in hexadecimal, none for a drop
record Fixture(String description, String in, Verdict verdict, Counter counter, List<String> out) {
    /// Where a packet goes.
    enum Verdict {
        PORT,
        TAP,
        DROP
    }

    Fixture(String description, byte[] in, Verdict verdict, Counter counter, byte[]... out) {
        this(description, HexFormat.of().formatHex(in), verdict, counter, hex(List.of(out)));
    }

    byte[] frame() {
        return HexFormat.of().parseHex(in);
    }

    @Override
    public String toString() {
        return description;
    }

    static PacketBuilder fromCe() {
        return packet().ethernet(GATEWAY_MAC, CE_MAC).vlan(VLAN);
    }

    static PacketBuilder toCustomer(String mac) {
        return packet().ethernet(mac, GATEWAY_MAC).vlan(VLAN);
    }

    static PacketBuilder fromP() {
        return packet().ethernet(CORE_MAC, P_MAC);
    }

    static PacketBuilder toP() {
        return packet().ethernet(P_MAC, CORE_MAC);
    }

    static PacketBuilder fromGateway(String destination) {
        return packet().ethernet(destination, GATEWAY_MAC);
    }

    static Fixture toPort(String description, byte[] in, Counter counter, byte[] out) {
        return new Fixture(description, in, Verdict.PORT, counter, out);
    }

    static Fixture toTap(String description, byte[] in, byte[] out) {
        return new Fixture(description, in, Verdict.TAP, Counter.TO_TAP_PACKETS, out);
    }

    static Fixture dropped(String description, byte[] in, Counter reason) {
        return new Fixture(description, in, Verdict.DROP, reason);
    }

    /// What the rig has sent and counted since it was made is this one's outcome.
    void assertOutcome(ForwarderRig rig) {
        List<byte[]> port = rig.sentToPort();
        List<byte[]> tap = rig.sentToTap();
        List<byte[]> all = new ArrayList<>(port);
        all.addAll(tap);
        assertEquals(out, hex(all), () -> "counters " + rig.counters.snapshot());
        assertEquals(verdict, verdict(port, tap));
        assertEquals(1, rig.count(counter), () -> "counters " + rig.counters.snapshot());
        assertEquals(BUFFERS, rig.pool.available(), "a packet leaked");
    }

    private static Verdict verdict(List<byte[]> port, List<byte[]> tap) {
        if (!port.isEmpty()) {
            return Verdict.PORT;
        }
        return tap.isEmpty() ? Verdict.DROP : Verdict.TAP;
    }

    static List<String> hex(List<byte[]> frames) {
        return frames.stream().map(HexFormat.of()::formatHex).toList();
    }
}
