package org.edgeplex.dataplane;

import static org.edgeplex.dataplane.packet.PacketBuilder.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.edgeplex.dataplane.forward.Counters;
import org.edgeplex.dataplane.io.dpdk.FrameSocket;
import org.edgeplex.dataplane.io.linux.TestNamespace;
import org.edgeplex.dataplane.packet.PacketBuilder;
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
import org.edgeplex.telemetry.CountersFile;
import org.edgeplex.telemetry.CountersReader;
import org.edgeplex.telemetry.CountersSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as it runs: a store, a veth with real frames, a kernel behind the TAP, kill -9.
@Tag("machine")
class DataplaneMainTest {
    private static final int ATTACHMENT = 7;
    private static final String GATEWAY_MAC = "02:00:00:00:07:01";
    private static final String CE_MAC = "02:00:00:00:07:02";
    private static final String CORE_MAC = "02:00:00:00:00:aa";
    private static final String P_MAC = "02:00:00:00:00:bb";
    private static final String NO_MAC = "00:00:00:00:00:00";
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    @TempDir private Path directory = Path.of("replaced");
    @TempDir private Path counters = Path.of("replaced");
    private final TestNamespace host = new TestNamespace("host");
    private final TestNamespace guest = new TestNamespace("guest");
    private FrameSocket wire;
    private StateStore store;
    private StateWriter writer;
    private Process program;

    @BeforeEach
    void begin() throws Exception {
        host.addVeth("wire7", "far7");
        wire = host.call(() -> FrameSocket.open("far7"));
        store = Stores.open("lmdb:" + directory);
        writer = new State(store, Duration.ofSeconds(2)).as(Incarnation.UNFENCED);
        writeState();
        program = start();
    }

    @AfterEach
    void end() throws InterruptedException {
        program.destroyForcibly().waitFor();
        store.close();
        wire.close();
        host.close();
        guest.close();
    }

    private Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        host.name(),
                        java,
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DataplaneMain.class.getName(),
                        "--store=lmdb:" + directory,
                        "--attachment=" + ATTACHMENT,
                        "--port=af_packet:wire7",
                        "--counters=" + counters,
                        "--tap-namespace=" + guest.name())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/program.log")))
                .start();
    }

    private void writeState() {
        Ipv4Address loopback = Ipv4Address.parse("192.0.2.1");
        writer.put(
                Tables.PROVIDER_EDGE,
                Tables.SELF,
                new ProviderEdge(
                        "pe1",
                        loopback,
                        new AsNumber(65000),
                        "core0",
                        MacAddress.parse(CORE_MAC),
                        1600,
                        List.of(),
                        new MplsLabel(1000),
                        new MplsLabel(1999)));
        writer.put(
                Tables.ATTACHMENTS,
                ATTACHMENT,
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
        writer.put(Tables.LABEL_BINDINGS, ATTACHMENT, new LabelBinding(new MplsLabel(1001)));
        Ipv4Address other = Ipv4Address.parse("192.0.2.2");
        writer.put(
                Tables.VRF_ROUTES,
                new VrfRouteKey(3, Ipv4Prefix.parse("10.2.0.0/24")),
                new VrfRoute.Remote(other, new MplsLabel(2002), Bytes.EMPTY));
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
    void forwardsAnswersAndComesBackAfterAKill() throws Exception {
        resolvesTheGateway();
        forwardsToTheCore();
        guest.ip("addr", "add", "10.1.0.1/24", "dev", "ce0");
        guest.ip("route", "add", "default", "dev", "ce0");
        theKernelAnswersTheRemoteSite();

        program.destroyForcibly().waitFor();
        program = start();
        resolvesTheGateway();
        forwardsToTheCore();
        theKernelAnswersTheRemoteSite();

        followsTheStore();
        countersAreInTheStore();
        countersAreInTheFile();
        program.destroy();
        assertTrue(program.waitFor(5, TimeUnit.SECONDS), "did not end on SIGTERM");
        assertEquals(143, program.exitValue());
        assertTrue(read().hasEnded());
    }

    /// What the port does while the interface goes down and up again, and when it goes for good.
    @Test
    void survivesALinkThatFlapsAndEndsWithIt() throws Exception {
        resolvesTheGateway();
        host.ip("link", "set", "wire7", "down");
        host.ip("link", "set", "wire7", "up");
        resolvesTheGateway();
        forwardsToTheCore();
        wire.close();
        host.ip("link", "del", "wire7");
        assertTrue(program.waitFor(10, TimeUnit.SECONDS), "did not notice that its port is gone");
        assertEquals(1, program.exitValue());
        host.addVeth("wire7", "far7");
        wire = host.call(() -> FrameSocket.open("far7"));
        program = start();
        resolvesTheGateway();
    }

    private void resolvesTheGateway() {
        byte[] request =
                packet().ethernet("ff:ff:ff:ff:ff:ff", CE_MAC)
                        .vlan(101)
                        .arp(1, CE_MAC, "10.1.0.2", NO_MAC, "10.1.0.1")
                        .buildPadded(64);
        byte[] reply =
                packet().ethernet(CE_MAC, GATEWAY_MAC)
                        .vlan(101)
                        .arp(2, GATEWAY_MAC, "10.1.0.1", CE_MAC, "10.1.0.2")
                        .buildPadded(64);
        exchange(request, frame -> same(frame, reply));
    }

    private void forwardsToTheCore() {
        byte[] out =
                packet().ethernet(P_MAC, CORE_MAC)
                        .mpls(300, 0, 63)
                        .mpls(2002, 0, 63)
                        .ttl(63)
                        .ipv4("10.1.0.2", "10.2.0.9")
                        .udp(1, 2, 40)
                        .build();
        exchange(fromCe().ipv4("10.1.0.2", "10.2.0.9").udp(1, 2, 40).build(), f -> same(f, out));
    }

    /// An echo request comes with our VPN label; the kernel's reply leaves with two labels.
    private void theKernelAnswersTheRemoteSite() {
        byte[] request =
                packet().ethernet(CORE_MAC, P_MAC)
                        .mpls(1001, 0, 60)
                        .protocol(1)
                        .ipv4("10.2.0.9", "10.1.0.1")
                        .icmp(8, 0, 0x0001_0001)
                        .payload(40)
                        .build();
        String replyStart =
                HexFormat.of()
                        .formatHex(
                                packet().ethernet(P_MAC, CORE_MAC)
                                        .mpls(300, 0, 64)
                                        .mpls(2002, 0, 64 | 0x100)
                                        .build());
        exchange(request, f -> HexFormat.of().formatHex(f).startsWith(replyStart) && f[42] == 0);
    }

    private void followsTheStore() {
        writer.put(
                Tables.VRF_ROUTES,
                new VrfRouteKey(3, Ipv4Prefix.parse("10.7.0.0/24")),
                new VrfRoute.Local(8, new MplsLabel(1008), Ipv4Address.ANY, Bytes.EMPTY));
        byte[] nextDoor =
                packet().ethernet(CORE_MAC, CORE_MAC)
                        .mpls(1008, 0, 63)
                        .ttl(63)
                        .ipv4("10.1.0.2", "10.7.0.9")
                        .udp(1, 2, 40)
                        .build();
        exchange(
                fromCe().ipv4("10.1.0.2", "10.7.0.9").udp(1, 2, 40).build(),
                frame -> same(frame, nextDoor));
    }

    private void countersAreInTheStore() {
        State state = new State(store, Duration.ofSeconds(2));
        until(
                () -> {},
                () ->
                        state.get(Tables.DATAPLANE_COUNTERS, ATTACHMENT).stream()
                                .flatMap(record -> record.value().counters().stream())
                                .anyMatch(counter ->
                                        counter.name().equals("to_core_packets")
                                                && counter.value() > 0));
    }

    /// The file of the second life: its incarnation, its process, its port.
    private void countersAreInTheFile() {
        CountersSnapshot first = read();
        assertEquals(ATTACHMENT, first.source().subject());
        assertEquals(2, first.source().incarnation());
        assertTrue(first.isLive());
        until(
                () -> {},
                () -> {
                    CountersSnapshot now = read();
                    CountersSnapshot.Block ports = now.block(Counters.PORTS);
                    CountersSnapshot.Block pushed = now.block(Counters.PUSHED_LABELS);
                    return ports.value(ports.rows().get(0), "rx_packets") > 0
                            && ports.value(ports.rows().get(1), "tx_packets") > 0
                            && pushed.rows().stream()
                                    .filter(row -> row.key().equals(List.of(300, 2002)))
                                    .anyMatch(row -> pushed.value(row, "bytes") > 0);
                });
    }

    private CountersSnapshot read() {
        CountersReader.Reading reading =
                CountersReader.read(CountersFile.of(counters, "pvm-" + ATTACHMENT));
        if (!(reading instanceof CountersReader.Reading.Taken(CountersSnapshot snapshot))) {
            throw new AssertionError(reading);
        }
        return snapshot;
    }

    private static PacketBuilder fromCe() {
        return packet().ethernet(GATEWAY_MAC, CE_MAC).vlan(101);
    }

    private static boolean same(byte[] one, byte[] other) {
        return Arrays.equals(one, other);
    }

    /// Sends the frame again and again until the answer has come.
    private void exchange(byte[] frame, Predicate<byte[]> isAnswer) {
        until(() -> wire.send(List.of(frame)), () -> wire.receive().stream().anyMatch(isAnswer));
    }

    private void until(Runnable attempt, BooleanSupplier done) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (true) {
            assertTrue(System.nanoTime() - deadline < 0, "no answer; see target/program.log");
            assertTrue(program.isAlive(), "the program ended; see target/program.log");
            attempt.run();
            long patience = System.nanoTime() + 20_000_000L;
            while (System.nanoTime() - patience < 0) {
                if (done.getAsBoolean()) {
                    return;
                }
                Thread.onSpinWait();
            }
        }
    }
}
