package org.edgeplex.dataplane.trace;

import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.state.record.ProviderEdge;
import org.edgeplex.state.record.TransportLsp;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// The command as it is typed, on a store as the PE's programs leave it.
class TracePacketCommandTest {
    private static final String GATEWAY_MAC = "02:00:00:00:07:01";
    private static final String SENDER_MAC = "02:00:00:00:00:01";
    private static final String NEIGHBOUR_MAC = "02:00:00:00:00:02";
    private static final String CORE_MAC = "02:00:00:00:00:aa";
    private static final String P_MAC = "02:00:00:00:00:bb";

    @TempDir private Path directory = Path.of("replaced");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeState() {
        try (StateStore store = Stores.open("lmdb:" + directory.resolve("store"))) {
            write(new State(store, Duration.ofSeconds(2)).as(Incarnation.UNFENCED));
        }
    }

    private static void write(StateWriter writer) {
        Ipv4Address other = Ipv4Address.parse("192.0.2.2");
        MplsLabel first = new MplsLabel(1000);
        writer.put(
                Tables.PROVIDER_EDGE,
                Tables.SELF,
                new ProviderEdge(
                        "pe1",
                        Ipv4Address.parse("192.0.2.1"),
                        new AsNumber(65000),
                        "core0",
                        MacAddress.parse(CORE_MAC),
                        1600,
                        List.of(),
                        first,
                        new MplsLabel(1999)));
        writer.put(
                Tables.ATTACHMENTS,
                7,
                new Attachment(
                        "red/pe1/a",
                        Lifecycle.ACTIVE,
                        3,
                        101,
                        Ipv4Address.parse("10.1.0.1"),
                        MacAddress.parse(GATEWAY_MAC),
                        24,
                        1500,
                        new CustomerRouting.Static(List.of())));
        writer.put(Tables.LABEL_BINDINGS, 7, new LabelBinding(new MplsLabel(1001)));
        for (String prefix : List.of("10.2.0.0/16", "10.2.0.9/32")) {
            writer.put(
                    Tables.VRF_ROUTES,
                    new VrfRouteKey(3, Ipv4Prefix.parse(prefix)),
                    new VrfRoute.Remote(other, new MplsLabel(2002), Bytes.EMPTY));
        }
        writer.put(
                Tables.TRANSPORT_LSPS,
                Ipv4Prefix.host(other),
                new TransportLsp(
                        Ipv4Address.parse("10.0.0.2"),
                        MacAddress.parse(P_MAC),
                        MacAddress.parse(CORE_MAC),
                        List.of(new MplsLabel(300))));
    }

    @Test
    void aStoreThatIsNotThereIsNotMade() {
        Path missing = directory.resolve("missing");
        assertEquals(1, trace("--store", "lmdb:" + missing, "00"));
        assertEquals("there is no store in " + missing, err.toString().strip());
        err.getBuffer().setLength(0);
        assertEquals(1, trace("--store", "lmdb:" + missing, "abc"));
        assertEquals("HEX has 3 digits: a frame has two for each byte", err.toString().strip());
        assertFalse(Files.exists(missing));
    }

    @ParameterizedTest(name = "HEX {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "abc | HEX has 3 digits: a frame has two for each byte",
                "'' | HEX has 0 digits: a frame has two for each byte",
                "02:0g | HEX has \"g\" where a hexadecimal digit (0-9, a-f) should be, after 3"
                        + " digits",
                "0x0200 | HEX has \"x\" where a hexadecimal digit (0-9, a-f) should be, after 1"
                        + " digits"
            })
    void whatIsNoFrameIsSaid(String hex, String why) {
        assertEquals(1, trace(hex));
        assertEquals(why, err.toString().strip());
    }

    private int trace(String... arguments) {
        List<String> all = new ArrayList<>(List.of("packet"));
        if (!List.of(arguments).contains("--store")) {
            all.addAll(List.of("--store", "lmdb:" + directory.resolve("store")));
        }
        if (!List.of(arguments).contains("--attachment")) {
            all.addAll(List.of("--attachment", "7"));
        }
        all.addAll(List.of(arguments));
        CommandLine line = new CommandLine(new TraceCommand());
        line.setExecutionExceptionHandler((e, command, _) -> {
            command.getErr().println(e.getMessage());
            return 1;
        });
        return line.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private static String hex(byte[] frame) {
        return HexFormat.of().formatHex(frame);
    }

    private static byte[] toRemote(String destination, int ttl) {
        return packet().ethernet(GATEWAY_MAC, SENDER_MAC)
                .vlan(101)
                .ttl(ttl)
                .ipv4("10.1.0.2", destination)
                .udp(7, 7, 36)
                .build();
    }

    @Test
    void aPacketToTheCore() {
        assertEquals(0, trace(hex(toRemote("10.2.0.77", 64))), err::toString);
        byte[] sent =
                packet().ethernet(P_MAC, CORE_MAC)
                        .mpls(300, 0, 63)
                        .mpls(2002, 0, 63)
                        .ttl(63)
                        .ipv4("10.1.0.2", "10.2.0.77")
                        .udp(7, 7, 36)
                        .build();
        assertEquals(
                List.of(
                        "attachment red/pe1/a",
                        "frame      " + hex(toRemote("10.2.0.77", 64)),
                        "  side       from the customer, VLAN 101, IPv4",
                        "  mac        02:00:00:00:07:01 is for this access",
                        "  header     IPv4, valid",
                        "  ttl        leaves with 63",
                        "  lookup     10.2.0.77 in 10.2.0.0/16 (prefixes): adjacency 1",
                        "  adjacency  to the core, labels 300/2002, to 02:00:00:00:00:bb",
                        "  push       labels 300/2002, traffic class 0, TTL 63",
                        "  out        the wire (trunk)",
                        "trunk      " + hex(sent)),
                lines());
    }

    @Test
    void aHostRouteIsNamedByItsTable() {
        assertEquals(0, trace(hex(toRemote("10.2.0.9", 64))));
        assertTrue(
                lines().contains("  lookup     10.2.0.9 in 10.2.0.9/32 (host routes): adjacency 1"),
                out::toString);
    }

    /// The neighbour is asked for and answers; then the packet leaves.
    @Test
    void aPacketFromTheCoreIsMade() {
        assertEquals(
                0,
                trace("--from", "core", "--source", "10.2.0.9", "--destination", "10.1.0.5"),
                err::toString);
        List<String> lines = lines();
        int pop =
                lines.indexOf("  pop        label 1001, traffic class 0, TTL 64, bottom of stack");
        int asked = lines.indexOf("  neighbour  not known here: the packet waits, ARP asks");
        int assumed = lines.indexOf("  assumed    the neighbour answers with " + NEIGHBOUR_MAC);
        assertTrue(pop > 0 && pop < asked && asked < assumed, out::toString);
        String frame = "020000000002" + "020000000701" + "81000065" + "0800";
        String ipv4 = "45000040" + "00000000" + "3f11" + "679d" + "0a020009" + "0a010005";
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith("trunk      " + frame + ipv4)),
                out::toString);
    }

    @Test
    void whyAPacketIsDroppedIsSaid() {
        assertEquals(0, trace(hex(toRemote("10.9.0.1", 64))));
        assertTrue(lines().contains("  lookup     10.9.0.1: no route"), out::toString);
        assertTrue(
                lines().contains("  error      drop_no_route: an ICMP message of type 3, code 0"),
                out::toString);
        out.getBuffer().setLength(0);
        assertEquals(0, trace(hex(toRemote("10.2.0.77", 1))));
        assertTrue(
                lines().contains(
                                "  error      drop_ttl_expired: an ICMP message of type 11,"
                                        + " code 0"),
                out::toString);
        out.getBuffer().setLength(0);
        assertEquals(0, trace("020000000701020000000001810000ff0800"));
        assertEquals("  drop       drop_foreign_vlan", lines().getLast());
    }

    @Test
    void jsonForPrograms() throws IOException {
        assertEquals(0, trace("--json", hex(toRemote("10.2.0.77", 64))));
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals("red/pe1/a", json.get("attachment").asText());
        assertEquals("side", json.at("/steps/0/stage").asText());
        assertEquals("trunk", json.at("/out/0/port").asText());
    }

    @Test
    void aFrameOfACaptureFile() throws IOException {
        byte[] frame = toRemote("10.2.0.77", 64);
        Path file = Files.write(directory.resolve("two.pcap"), capture(new byte[20], frame));
        assertEquals(0, trace("--pcap", file.toString(), "--number", "2"), err::toString);
        assertEquals("frame      " + hex(frame), lines().get(1));
        assertEquals(1, trace("--pcap", file.toString(), "--number", "3"));
        assertEquals(file + " has no such frame\n", err.toString());
    }

    private static byte[] capture(byte[]... frames) {
        ByteBuffer file = ByteBuffer.allocate(1000).order(ByteOrder.BIG_ENDIAN);
        file.putInt(0xa1b2_c3d4).putInt(0x0002_0004).putLong(0).putInt(65_535).putInt(1);
        for (byte[] frame : frames) {
            file.putLong(0).putInt(frame.length).putInt(frame.length).put(frame);
        }
        byte[] bytes = new byte[file.position()];
        file.flip().get(bytes);
        return bytes;
    }

    @Test
    void mistakesAreTold() {
        assertEquals(2, trace(), "no frame");
        assertEquals(2, trace("--from", "customer"), "no addresses");
        assertEquals(1, trace("--attachment", "8", "00"));
        assertTrue(err.toString().contains("the store has no attachment 8\n"), err::toString);
        assertEquals(1, trace("0g"));
    }
}
