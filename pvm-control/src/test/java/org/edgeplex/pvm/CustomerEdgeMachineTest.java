package org.edgeplex.pvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.pvm.core.Samples;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateFeed;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRouteKey;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.state.record.SessionKey;
import org.edgeplex.state.record.SessionStatus;
import org.edgeplex.state.record.VrfRouteKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real program with real daemons as CE, each in its network namespace; a veth in place of the
/// data plane's TAP.
@Tag("machine")
class CustomerEdgeMachineTest {
    private static final String PE = "pvmcontrol-pe";
    private static final String CE = "pvmcontrol-ce";
    private static final String LINK = "192.0.2.0/24";
    private static final String FIRST = "10.1.0.0/16";
    private static final String SECOND = "10.2.0.0/16";
    private static final String FAR = "10.8.0.0/16";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path directory = Path.of("");

    private final List<Process> processes = new ArrayList<>();
    private Optional<StateStore> store = Optional.empty();

    @BeforeEach
    void makeNamespaces() {
        removeNamespaces();
        for (String namespace : List.of(PE, CE)) {
            Commands.run("ip", "netns", "add", namespace);
            in(namespace, "ip", "link", "set", "lo", "up");
        }
        store = Optional.of(Stores.open("lmdb:" + directory.resolve("store") + "?mapSizeMb=64"));
        attach(Samples.bgp(10), Lifecycle.ACTIVE);
    }

    @AfterEach
    void removeAll() {
        processes.forEach(Commands::kill);
        removeNamespaces();
        store.ifPresent(StateStore::close);
    }

    @Test
    void birdAsCustomer() {
        liveWith(new CustomerEdge.Bird());
    }

    @Test
    void frrAsCustomer() {
        liveWith(new CustomerEdge.Frr());
    }

    @Test
    void remoteSitesReachTheGateway() throws IOException {
        Process control = startControl();
        link();
        awaitTrue("gateway answers its neighbour", () -> pings("192.0.2.2"));
        in(CE, "ip", "address", "add", "10.99.0.1/32", "dev", "lo");
        Path seen = directory.resolve("tcpdump.log");
        Process tcpdump =
                start(
                        seen,
                        Commands.inNamespace(
                                CE,
                                "tcpdump",
                                "-i",
                                "eth0",
                                "-c",
                                "1",
                                "-nne",
                                "--immediate-mode",
                                "icmp[icmptype] == icmp-echoreply and dst host 10.99.0.1"));
        awaitTrue(
                "an answer to a remote site leaves by the link",
                () -> {
                    pings("10.99.0.1");
                    return !tcpdump.isAlive();
                });
        // To the PE's own MAC: the data plane's sign to route it in the VRF.
        String frame = Files.readString(seen);
        assertTrue(frame.contains("02:ed:00:00:00:07 > 02:ed:00:00:00:07"), frame);

        // The data plane died and its interface came back without anything.
        in(PE, "ip", "link", "delete", "ce0");
        link();
        awaitTrue("the new interface is set up", () -> pings("192.0.2.2"));
        assertTrue(control.isAlive());
    }

    @Test
    void aStoppedLifeLeavesTheRoutesAndAFencedOneEndsByItself() throws InterruptedException {
        CustomerEdge ce = new CustomerEdge.Bird();
        Process control = startControl();
        link();
        processes.add(ce.start(directory, CE));
        awaitRoutes(FIRST, SECOND, LINK);
        control.destroy();
        assertTrue(control.waitFor(5, TimeUnit.SECONDS), this::logs);
        awaitTrue(
                "the CE was told",
                () -> ce.lastError().toLowerCase(Locale.ROOT).contains("administrative reset"));
        awaitRoutes(FIRST, SECOND, LINK);

        Process next = startControl();
        awaitStatus("Established", 2);
        new Leases(state()).fence(PvmControl.holder(Samples.NUMBER));
        assertTrue(next.waitFor(5, TimeUnit.SECONDS), this::logs);
        assertEquals(ExitStatus.FENCED.code(), next.exitValue());
        awaitRoutes(FIRST, SECOND, LINK);
    }

    private void liveWith(CustomerEdge ce) {
        vrfRoute(FAR);
        Process control = startControl();
        link();
        Process daemon = ce.start(directory, CE);
        processes.add(daemon);
        awaitTrue("established, says the CE", ce::isEstablished);
        awaitRoutes(FIRST, SECOND, LINK);
        assertEquals("65001", asPathOf(FIRST));
        awaitTrue("the far route is there", () -> ce.route(FAR).contains("65000 65002"));
        vrfRoute("10.9.0.0/16");
        awaitTrue("a new route is there", () -> ce.route("10.9.0.0/16").contains("192.0.2.1"));
        writer().remove(Tables.VRF_ROUTES, vrfKey(FAR));
        awaitTrue("the far route is gone", () -> ce.route(FAR).isEmpty());
        ce.withdrawFirst();
        awaitRoutes(SECOND, LINK);
        ce.announceFirst();
        awaitRoutes(FIRST, SECOND, LINK);
        awaitStatus("Established", 1);

        ourRestartKeepsTheRoutes(ce, control);
        theLimitClosesTheSession(ce);

        Commands.kill(daemon);
        awaitRoutes(LINK);
        attach(Samples.bgp(10), Lifecycle.WITHDRAWING);
        awaitRoutes();
        awaitTrue("no session record", () -> status().isEmpty());
    }

    private void ourRestartKeepsTheRoutes(CustomerEdge ce, Process control) {
        StateFeed feed = state().feed(Tables.CUSTOMER_ROUTES);
        Watch watch = new Watch();
        feed.poll(watch);
        Commands.kill(control);
        awaitTrue("the CE noticed", () -> !ce.isEstablished());
        ce.withdrawFirst();
        startControl();
        awaitTrue("established again", ce::isEstablished);
        awaitStatus("Established", 2);
        awaitRoutes(SECOND, LINK);
        feed.poll(watch);
        assertEquals(Map.of(FIRST, 1), watch.removals);
        awaitTrue("announced again", () -> ce.route("10.9.0.0/16").contains("192.0.2.1"));
        ce.announceFirst();
        awaitRoutes(FIRST, SECOND, LINK);
    }

    private void theLimitClosesTheSession(CustomerEdge ce) {
        attach(Samples.bgp(1), Lifecycle.ACTIVE);
        awaitTrue("the session is closed", () -> !ce.isEstablished());
        awaitRoutes(LINK);
        awaitTrue(
                "the CE knows why",
                () -> ce.lastError().toLowerCase(Locale.ROOT).contains("prefixes"));
        assertTrue(status().orElseThrow().detail().contains("prefixes"));
        attach(Samples.bgp(10), Lifecycle.ACTIVE);
        awaitRoutes(FIRST, SECOND, LINK);
    }

    /// How often each route vanished.
    private static final class Watch implements StateFeed.Listener {
        final Map<String, Integer> removals = new TreeMap<>();

        @Override
        public <K, V> void present(Table<K, V> table, Stored<K, V> record) {}

        @Override
        public <K, V> void absent(Table<K, V> table, K key) {
            removals.merge(((CustomerRouteKey) key).prefix().toString(), 1, Integer::sum);
        }
    }

    private Process startControl() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return start(
                directory.resolve("control.log"),
                Commands.inNamespace(
                        PE,
                        java.toString(),
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PvmControlMain.class.getName(),
                        "--store",
                        "lmdb:" + directory.resolve("store") + "?mapSizeMb=64",
                        "--attachment",
                        "" + Samples.NUMBER));
    }

    private Process start(Path log, List<String> command) {
        Process process = Commands.start(log, command);
        processes.add(process);
        return process;
    }

    /// The data plane's interface appears, when control has been waiting for it already.
    private static void link() {
        Commands.run(
                "ip", "-n", PE, "link", "add", "ce0", "type", "veth", "peer", "name", "eth0",
                "netns", CE);
        in(CE, "ip", "address", "add", "192.0.2.2/24", "dev", "eth0");
        in(CE, "ip", "link", "set", "eth0", "up");
    }

    private static void removeNamespaces() {
        for (String namespace : List.of(PE, CE)) {
            if (Files.exists(Path.of("/run/netns", namespace))) {
                Commands.run("ip", "netns", "delete", namespace);
            }
        }
    }

    private static String in(String namespace, String... command) {
        return Commands.run(Commands.inNamespace(namespace, command));
    }

    private static boolean pings(String source) {
        return Commands.attempt(
                        Commands.inNamespace(
                                CE, "ping", "-c", "1", "-W", "1", "-I", source, "192.0.2.1"))
                .contains(" 0% packet loss");
    }

    private State state() {
        return new State(store.orElseThrow(), Duration.ofSeconds(2));
    }

    private StateWriter writer() {
        return state().as(Incarnation.UNFENCED);
    }

    private void attach(CustomerRouting routing, Lifecycle lifecycle) {
        writer().put(
                        Tables.ATTACHMENTS,
                        Samples.NUMBER,
                        Samples.attachment(routing, lifecycle, Samples.VRF));
    }

    private void vrfRoute(String prefix) {
        writer().put(
                        Tables.VRF_ROUTES,
                        vrfKey(prefix),
                        Samples.remote(Samples.path(Samples.FAR_AS)));
    }

    private static VrfRouteKey vrfKey(String prefix) {
        return new VrfRouteKey(Samples.VRF, Ipv4Prefix.parse(prefix));
    }

    private Optional<SessionStatus> status() {
        return state().get(
                        Tables.SESSIONS,
                        new SessionKey("pvm-7/control", SessionKey.Protocol.BGP, Samples.CE))
                .map(Stored::value);
    }

    private void awaitStatus(String word, long epoch) {
        awaitTrue(
                word + " " + epoch,
                () ->
                        status().filter(s -> s.state().equals(word) && s.epoch() == epoch)
                                .isPresent());
    }

    private String asPathOf(String prefix) {
        CustomerRoute route =
                state().get(
                                Tables.CUSTOMER_ROUTES,
                                new CustomerRouteKey(Samples.NUMBER, Ipv4Prefix.parse(prefix)))
                        .orElseThrow()
                        .value();
        return PathAttributes.decode(route.attributes().toArray()).asPath().toString();
    }

    private void awaitRoutes(String... prefixes) {
        await(
                List.of(prefixes),
                () ->
                        state()
                                .scan(Tables.CUSTOMER_ROUTES, CustomerRouteKey.of(Samples.NUMBER))
                                .stream()
                                .map(route -> route.key().prefix().toString())
                                .toList());
    }

    private void awaitTrue(String what, Supplier<Boolean> condition) {
        await(what, () -> condition.get() ? what : "not yet: " + what);
    }

    private void await(Object expected, Supplier<?> actual) {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!expected.equals(actual.get()) && deadlineNanos - System.nanoTime() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertEquals(expected, actual.get(), this::logs);
    }

    private String logs() {
        try {
            StringBuilder logs = new StringBuilder();
            for (String name : List.of("control.log", "bird.log", "bgpd.log")) {
                Path log = directory.resolve(name);
                if (Files.exists(log)) {
                    logs.append(name).append(":\n").append(Files.readString(log));
                }
            }
            return logs.toString();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
