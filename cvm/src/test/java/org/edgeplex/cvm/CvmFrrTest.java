package org.edgeplex.cvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.edgeplex.cvm.frr.FrrLab;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRouteKey;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.state.record.ProviderEdge;
import org.edgeplex.state.record.SessionKey;
import org.edgeplex.state.record.SessionStatus;
import org.edgeplex.state.record.TransportLsp;
import org.edgeplex.state.record.Vrf;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program in a namespace of its own, with a real store, against FRR as P router, route
/// reflector and far PE in one.
@Tag("machine")
class CvmFrrTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String US = "10.0.0.2";
    private static final String FRR = "10.0.0.9";
    private static final Ipv4Prefix CUSTOMER = Ipv4Prefix.parse("172.16.7.0/24");
    private static final VrfRouteKey FAR = new VrfRouteKey(1, Ipv4Prefix.parse("192.168.1.0/24"));
    private static final int UP_SECONDS = 60;
    private static final int SOON_SECONDS = 10;

    @TempDir private Path directory;
    private FrrLab lab;
    private StateStore store;
    private State state;
    private StateWriter controller;
    private Process cvm;

    @BeforeEach
    void startLab() throws IOException {
        lab = new FrrLab("cvm-pe", US, FRR);
        lab.startFrr(configuration());
        store = Stores.open(storeName());
        state = new State(store, Duration.ofSeconds(5));
        controller = state.as(Incarnation.UNFENCED);
        String mac =
                FrrLab.run("ip", "netns", "exec", lab.us(), "cat", "/sys/class/net/c0/address");
        controller.put(
                Tables.PROVIDER_EDGE,
                Tables.SELF,
                new ProviderEdge(
                        "pe1",
                        Ipv4Address.parse(US),
                        new AsNumber(65000),
                        "c0",
                        MacAddress.parse(mac.strip()),
                        1500,
                        List.of(Ipv4Address.parse(FRR)),
                        new MplsLabel(1000),
                        new MplsLabel(1999)));
        cvm = startCvm();
    }

    @AfterEach
    void stopLab() throws IOException, InterruptedException {
        cvm.destroyForcibly().waitFor();
        store.close();
        lab.close();
    }

    @Test
    void routesLabelsAndSessionsSurviveAKill() throws Exception {
        provision(Lifecycle.ACTIVE);
        FrrLab.await("BGP Established", UP_SECONDS, () -> frrSays("Established"));
        FrrLab.await("our route at FRR", SOON_SECONDS, () -> labelAtFrr() >= 1000);
        FrrLab.await("the far route in the VRF", UP_SECONDS, () -> vrfRoute().isPresent());
        MplsLabel label = binding().orElseThrow();
        assertEquals(label.value(), labelAtFrr());
        VrfRoute.Remote far = assertInstanceOf(VrfRoute.Remote.class, vrfRoute().orElseThrow());
        assertEquals(Ipv4Address.parse(FRR), far.peLoopback());
        assertEquals(new MplsLabel(101), far.vpnLabel());
        TransportLsp lsp = lsp().orElseThrow();
        assertEquals(Ipv4Address.parse("10.1.0.1"), lsp.nextHop());
        assertEquals(List.of(), lsp.labels(), "FRR asks for implicit null");
        long epoch = bgpSession().orElseThrow().epoch();

        cvm.destroyForcibly().waitFor();
        FrrLab.await("FRR notices", SOON_SECONDS, () -> !frrSays("Established"));
        assertTrue(vrfRoute().isPresent(), "forwarding goes on without a CVM");
        cvm = startCvm();
        FrrLab.await(
                "the next session",
                UP_SECONDS,
                () -> bgpSession().filter(it -> it.epoch() == epoch + 1).isPresent());
        assertTrue(vrfRoute().isPresent(), "stale routes are used until they are confirmed");
        FrrLab.await("our route again", SOON_SECONDS, () -> labelAtFrr() == label.value());
        assertEquals(label, binding().orElseThrow(), "the label has not changed");

        provision(Lifecycle.WITHDRAWING);
        FrrLab.await("our route is withdrawn", SOON_SECONDS, () -> labelAtFrr() == 0);
        FrrLab.await("the label is free", SOON_SECONDS, () -> binding().isEmpty());
        assertEquals(List.of(), state.scan(Tables.LABELS));
        assertTrue(vrfRoute().isPresent(), "the VRF is still there");

        lab.vtysh(
                "configure terminal",
                "router bgp 65000",
                "address-family ipv4 vpn",
                "no network 192.168.1.0/24 rd 65000:1 label 101");
        FrrLab.await("FRR's withdrawal", SOON_SECONDS, () -> vrfRoute().isEmpty());
        FrrLab.await("no LSP is needed", SOON_SECONDS, () -> lsp().isEmpty());

        cvm.destroy();
        assertTrue(cvm.waitFor(SOON_SECONDS, TimeUnit.SECONDS), "ends when told to");
        FrrLab.await("FRR was told", SOON_SECONDS, () -> !frrSays("Established"));
    }

    private void provision(Lifecycle lifecycle) {
        List<RouteTarget> targets = List.of(RouteTarget.parse("65000:1"));
        controller.put(
                Tables.VRFS,
                1,
                new Vrf("red/pe1", RouteDistinguisher.parse("65000:101"), targets, targets));
        controller.put(
                Tables.ATTACHMENTS,
                7,
                new Attachment(
                        "red/pe1/red-1",
                        lifecycle,
                        1,
                        101,
                        Ipv4Address.parse("172.16.7.1"),
                        MacAddress.parse("02:00:00:00:00:07"),
                        24,
                        1500,
                        new CustomerRouting.Static(List.of())));
        controller.put(
                Tables.CUSTOMER_ROUTES,
                new CustomerRouteKey(7, CUSTOMER),
                new CustomerRoute(
                        CustomerRoute.Source.CONNECTED,
                        Ipv4Address.parse("172.16.7.1"),
                        Bytes.EMPTY));
    }

    private Optional<MplsLabel> binding() {
        return state.get(Tables.LABEL_BINDINGS, 7).map(Stored::value).map(LabelBinding::label);
    }

    private Optional<VrfRoute> vrfRoute() {
        return state.get(Tables.VRF_ROUTES, FAR).map(Stored::value);
    }

    private Optional<TransportLsp> lsp() {
        return state.get(Tables.TRANSPORT_LSPS, Ipv4Prefix.parse(FRR + "/32")).map(Stored::value);
    }

    private Optional<SessionStatus> bgpSession() {
        SessionKey key = new SessionKey("cvm", SessionKey.Protocol.BGP, Ipv4Address.parse(FRR));
        return state.get(Tables.SESSIONS, key).map(Stored::value);
    }

    private boolean frrSays(String bgpState) {
        JsonNode peer = json("show bgp summary json").findPath(US);
        return peer.path("state").asText().equals(bgpState);
    }

    /// The label of our route as FRR has it; 0 if FRR has no such route.
    private int labelAtFrr() {
        JsonNode route = json("show bgp ipv4 vpn " + CUSTOMER + " json");
        return route.findPath("remoteLabel").asInt(0);
    }

    private JsonNode json(String command) {
        try {
            return JSON.readTree(lab.vtysh(command));
        } catch (IOException e) {
            return JSON.createObjectNode(); // a daemon is still starting
        }
    }

    private String storeName() {
        return "lmdb:" + directory.resolve("state");
    }

    private Process startCvm() throws IOException {
        File log = directory.resolve("cvm.log").toFile();
        return new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        lab.us(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CvmMain.class.getName(),
                        "--store",
                        storeName(),
                        "--instance",
                        "cvm")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private static String configuration() {
        return """
        mpls ldp
         router-id %1$s
         address-family ipv4
          discovery transport-address %1$s
          interface c0
         exit-address-family
        exit
        route-map RT permit 10
         set extcommunity rt 65000:1
        exit
        router bgp 65000
         bgp router-id %1$s
         no bgp default ipv4-unicast
         neighbor %2$s remote-as 65000
         neighbor %2$s update-source %1$s
         neighbor %2$s timers connect 3
         address-family ipv4 vpn
          neighbor %2$s activate
          neighbor %2$s route-reflector-client
          network 192.168.1.0/24 rd 65000:1 label 101 route-map RT
         exit-address-family
        exit
        """
                .formatted(FRR, US);
    }
}
