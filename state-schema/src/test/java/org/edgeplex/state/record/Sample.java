package org.edgeplex.state.record;

import java.util.List;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;

/// A record of a table, for tests: at least one of each table, and one of each sealed case.
public record Sample<K, V>(Table<K, V> table, K key, V value) {
    private static final Bytes ATTRIBUTES = Bytes.wrap(new byte[] {0x40, 1, 1, 0, 0x40, 2, 0});
    private static final Ipv4Address LOOPBACK = Ipv4Address.parse("10.255.0.1");
    private static final Ipv4Prefix PREFIX = Ipv4Prefix.parse("10.1.0.0/24");
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
    private static final RouteTarget TARGET = RouteTarget.parse("65000:100");

    public Bytes keyBytes() {
        return table.keys().encode(key);
    }

    public Bytes valueBytes() {
        return table.records().encode(value);
    }

    @Override
    public String toString() {
        return table + " " + key;
    }

    public static List<Sample<?, ?>> all() {
        return List.of(
                of(Tables.LEASES, "pvm-7/control", new Lease(3, 4_711, "pid 17 on h1")),
                of(
                        Tables.PROVIDER_EDGE,
                        Tables.SELF,
                        new ProviderEdge(
                                "pe1",
                                LOOPBACK,
                                new AsNumber(4_200_000_000L),
                                "core0",
                                MAC,
                                9_000,
                                List.of(Ipv4Address.parse("10.255.0.9"), LOOPBACK),
                                new MplsLabel(16),
                                new MplsLabel(MplsLabel.MAX))),
                of(Tables.VPN_SERVICES, "red", new Intent(2, Lifecycle.ACTIVE, "{\"ä\":1}")),
                of(Tables.VPN_NODES, "red/pe1", new Intent(1, Lifecycle.WITHDRAWING, "{}")),
                of(Tables.VPN_ACCESSES, "red/pe1/a", new Intent(9, Lifecycle.ACTIVE, "{}")),
                of(
                        Tables.VRFS,
                        3,
                        new Vrf(
                                "red/pe1",
                                RouteDistinguisher.parse("10.255.0.1:3"),
                                List.of(TARGET, RouteTarget.parse("4200000000:7")),
                                List.of(TARGET))),
                of(Tables.ATTACHMENTS, 7, attachment(bgp())),
                of(Tables.ATTACHMENTS, 8, attachment(statically())),
                of(Tables.RESERVATIONS, "vlan/101", new Reservation("red/pe1/a")),
                of(
                        Tables.INSTANCES,
                        "pvm-7",
                        new Instance(
                                Instance.Role.PVM,
                                7,
                                "host1",
                                Instance.Phase.HEALING,
                                List.of(new Instance.Program("pvm-7/control", 4_711, 1_234_567)),
                                2)),
                of(
                        Tables.EVENTS,
                        42L,
                        new Event(1_800_000_000_000L, "red/pe1/a", "RUNNING", "it runs")),
                of(
                        Tables.CUSTOMER_ROUTES,
                        new CustomerRouteKey(7, PREFIX),
                        new CustomerRoute(CustomerRoute.Source.BGP, LOOPBACK, ATTRIBUTES)),
                of(Tables.LABEL_BINDINGS, 7, new LabelBinding(new MplsLabel(1_007))),
                of(Tables.LABELS, new MplsLabel(1_007), new LabelOwner(7)),
                of(
                        Tables.VPN_ROUTES,
                        new VpnRouteKey(LOOPBACK, RouteDistinguisher.parse("4200000000:1"), PREFIX),
                        new VpnRoute(LOOPBACK, new MplsLabel(24_000), 5, ATTRIBUTES)),
                of(
                        Tables.VRF_ROUTES,
                        new VrfRouteKey(3, PREFIX),
                        new VrfRoute.Remote(LOOPBACK, new MplsLabel(24_000), ATTRIBUTES)),
                of(
                        Tables.VRF_ROUTES,
                        new VrfRouteKey(3, Ipv4Prefix.DEFAULT),
                        new VrfRoute.Local(7, new MplsLabel(1_007), LOOPBACK, Bytes.EMPTY)),
                of(
                        Tables.LIB,
                        new LibKey(Ipv4Prefix.host(LOOPBACK), LOOPBACK),
                        new LibBinding(MplsLabel.IMPLICIT_NULL, 2)),
                of(
                        Tables.TRANSPORT_LSPS,
                        Ipv4Prefix.host(LOOPBACK),
                        new TransportLsp(LOOPBACK, MAC, MAC, List.of(new MplsLabel(17)))),
                of(
                        Tables.SESSIONS,
                        new SessionKey("pvm-7/control", SessionKey.Protocol.BGP, LOOPBACK),
                        new SessionStatus("Established", 1_800_000_000_000L, 2, 3, 4, "hold 9 s")),
                of(
                        Tables.DATAPLANE_COUNTERS,
                        7,
                        new DataplaneCounters(
                                List.of(new DataplaneCounters.Counter("pushed_packets", 99)))),
                of(
                        Tables.TIMERS,
                        TimerKey.of("nat/198.51.100.1:1024"),
                        new ScheduledTimer(1_800_000_000_000L, "nat-idle", ATTRIBUTES, 3)),
                of(Tables.LABEL_RESTS, new MplsLabel(1_007), new LabelRest(1_800_000_000_000L)));
    }

    private static Attachment attachment(CustomerRouting routing) {
        return new Attachment(
                "red/pe1/a",
                Lifecycle.ACTIVE,
                3,
                101,
                Ipv4Address.parse("192.0.2.1"),
                MAC,
                30,
                1_500,
                routing);
    }

    private static CustomerRouting bgp() {
        return new CustomerRouting.Bgp(
                new AsNumber(65_000),
                new AsNumber(65_001),
                Ipv4Address.parse("192.0.2.2"),
                9,
                1_000);
    }

    private static CustomerRouting statically() {
        return new CustomerRouting.Static(
                List.of(new CustomerRouting.Static.Route(PREFIX, Ipv4Address.parse("192.0.2.2"))));
    }

    private static <K, V> Sample<K, V> of(Table<K, V> table, K key, V value) {
        return new Sample<>(table, key, value);
    }
}
