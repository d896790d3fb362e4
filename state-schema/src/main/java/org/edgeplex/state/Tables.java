package org.edgeplex.state;

import static org.edgeplex.state.AccessMode.ASYNC;
import static org.edgeplex.state.AccessMode.CACHED;
import static org.edgeplex.state.AccessMode.SYNC;

import java.util.List;
import java.util.Optional;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRouteKey;
import org.edgeplex.state.record.DataplaneCounters;
import org.edgeplex.state.record.Event;
import org.edgeplex.state.record.Instance;
import org.edgeplex.state.record.Intent;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.LabelOwner;
import org.edgeplex.state.record.LabelRest;
import org.edgeplex.state.record.Lease;
import org.edgeplex.state.record.LibBinding;
import org.edgeplex.state.record.LibKey;
import org.edgeplex.state.record.ProviderEdge;
import org.edgeplex.state.record.Reservation;
import org.edgeplex.state.record.ScheduledTimer;
import org.edgeplex.state.record.SessionKey;
import org.edgeplex.state.record.SessionStatus;
import org.edgeplex.state.record.TimerKey;
import org.edgeplex.state.record.TransportLsp;
import org.edgeplex.state.record.VpnRoute;
import org.edgeplex.state.record.VpnRouteKey;
import org.edgeplex.state.record.Vrf;
import org.edgeplex.state.record.VrfRoute;
import org.edgeplex.state.record.VrfRouteKey;

/// The catalogue: every table, its key, its record, its one writer. Numbers are never reused. What
/// is written "in its place" is written when the writer has been fenced.
public final class Tables {
    private static final KeyCodec<String> NAME =
            new KeyCodec<>() {
                @Override
                public Bytes encode(String key) {
                    return Bytes.utf8(key);
                }

                @Override
                public String decode(Bytes bytes) {
                    return RecordReader.utf8(bytes);
                }
            };
    private static final KeyCodec<Integer> NUMBER =
            KeyCodec.of(RecordWriter::i32, RecordReader::i32);
    private static final KeyCodec<Long> SEQUENCE =
            KeyCodec.of(RecordWriter::i64, RecordReader::i64);
    private static final KeyCodec<MplsLabel> LABEL =
            KeyCodec.of((out, label) -> out.i32(label.value()), in -> new MplsLabel(in.i32()));
    private static final KeyCodec<Ipv4Prefix> PREFIX =
            KeyCodec.of(
                    (out, prefix) -> out.i32(prefix.address().bits()).u8(prefix.length()),
                    in -> new Ipv4Prefix(new Ipv4Address(in.i32()), in.u8()));

    /// Leases of all programs. Engines read it to fence, so it has a fixed number.
    public static final Table<String, Lease> LEASES =
            table(
                    1,
                    "leases",
                    NAME,
                    Lease.CODEC,
                    "the holder; who claims or fences it",
                    false,
                    SYNC);

    public static final Table<String, ProviderEdge> PROVIDER_EDGE =
            table(2, "provider_edge", NAME, ProviderEdge.CODEC, "controller", true, CACHED);
    public static final Table<String, Intent> VPN_SERVICES =
            table(3, "vpn_services", NAME, Intent.CODEC, "controller", false, SYNC);

    /// Key: `vpn-service/vpn-node`.
    public static final Table<String, Intent> VPN_NODES =
            table(4, "vpn_nodes", NAME, Intent.CODEC, "controller", false, SYNC);

    /// Key: `vpn-service/vpn-node/vpn-network-access`.
    public static final Table<String, Intent> VPN_ACCESSES =
            table(5, "vpn_accesses", NAME, Intent.CODEC, "controller", false, SYNC);

    public static final Table<Integer, Vrf> VRFS =
            table(6, "vrfs", NUMBER, Vrf.CODEC, "controller", true, CACHED);
    public static final Table<Integer, Attachment> ATTACHMENTS =
            table(7, "attachments", NUMBER, Attachment.CODEC, "controller", true, CACHED);
    public static final Table<String, Reservation> RESERVATIONS =
            table(8, "reservations", NAME, Reservation.CODEC, "controller", false, SYNC);
    public static final Table<String, Instance> INSTANCES =
            table(9, "instances", NAME, Instance.CODEC, "controller", true, SYNC);
    public static final Table<Long, Event> EVENTS =
            table(10, "events", SEQUENCE, Event.CODEC, "controller", true, ASYNC);

    public static final Table<CustomerRouteKey, CustomerRoute> CUSTOMER_ROUTES =
            table(
                    11,
                    "customer_routes",
                    CustomerRouteKey.CODEC,
                    CustomerRoute.CODEC,
                    "PVM control of the attachment; the controller in its place",
                    true,
                    ASYNC);
    public static final Table<Integer, LabelBinding> LABEL_BINDINGS =
            table(
                    12,
                    "label_bindings",
                    NUMBER,
                    LabelBinding.CODEC,
                    "CVM; the controller in its place",
                    true,
                    CACHED);
    public static final Table<MplsLabel, LabelOwner> LABELS =
            table(
                    13,
                    "labels",
                    LABEL,
                    LabelOwner.CODEC,
                    "CVM; the controller in its place",
                    false,
                    SYNC);
    public static final Table<VpnRouteKey, VpnRoute> VPN_ROUTES =
            table(14, "vpn_routes", VpnRouteKey.CODEC, VpnRoute.CODEC, "CVM", true, ASYNC);
    public static final Table<VrfRouteKey, VrfRoute> VRF_ROUTES =
            table(15, "vrf_routes", VrfRouteKey.CODEC, VrfRoute.CODEC, "CVM", true, ASYNC);
    public static final Table<LibKey, LibBinding> LIB =
            table(16, "lib", LibKey.CODEC, LibBinding.CODEC, "CVM", true, ASYNC);
    public static final Table<Ipv4Prefix, TransportLsp> TRANSPORT_LSPS =
            table(17, "transport_lsps", PREFIX, TransportLsp.CODEC, "CVM", true, CACHED);
    public static final Table<SessionKey, SessionStatus> SESSIONS =
            table(
                    18,
                    "sessions",
                    SessionKey.CODEC,
                    SessionStatus.CODEC,
                    "its speaker: CVM or PVM control; the controller in its place",
                    true,
                    ASYNC);
    public static final Table<Integer, DataplaneCounters> DATAPLANE_COUNTERS =
            table(
                    19,
                    "dataplane_counters",
                    NUMBER,
                    DataplaneCounters.CODEC,
                    "data plane of the attachment; the controller in its place",
                    true,
                    ASYNC);

    public static final Table<TimerKey, ScheduledTimer> TIMERS =
            table(
                    20,
                    "timers",
                    TimerKey.CODEC,
                    ScheduledTimer.CODEC,
                    "who schedules it; the owner of its shard marks and removes it",
                    false,
                    ASYNC);

    public static final Table<MplsLabel, LabelRest> LABEL_RESTS =
            table(
                    21,
                    "label_rests",
                    LABEL,
                    LabelRest.CODEC,
                    "CVM; the controller in its place",
                    false,
                    SYNC);

    private static final List<Table<?, ?>> ALL =
            List.of(
                    LEASES,
                    PROVIDER_EDGE,
                    VPN_SERVICES,
                    VPN_NODES,
                    VPN_ACCESSES,
                    VRFS,
                    ATTACHMENTS,
                    RESERVATIONS,
                    INSTANCES,
                    EVENTS,
                    CUSTOMER_ROUTES,
                    LABEL_BINDINGS,
                    LABELS,
                    VPN_ROUTES,
                    VRF_ROUTES,
                    LIB,
                    TRANSPORT_LSPS,
                    SESSIONS,
                    DATAPLANE_COUNTERS,
                    TIMERS,
                    LABEL_RESTS);

    /// The key of the one record of [#PROVIDER_EDGE].
    public static final String SELF = "self";

    private Tables() {}

    public static List<Table<?, ?>> all() {
        return ALL;
    }

    public static Optional<Table<?, ?>> named(String name) {
        return ALL.stream().filter(table -> table.id().name().equals(name)).findFirst();
    }

    /// The table of this number; for one of a newer release a name is made up.
    public static TableId numbered(int number) {
        return ALL.stream()
                .map(Table::id)
                .filter(id -> id.number() == number)
                .findFirst()
                .orElseGet(() -> new TableId(number, "table-" + number));
    }

    private static <K, V> Table<K, V> table(
            int number,
            String name,
            KeyCodec<K> keys,
            RecordCodec<V> records,
            String writer,
            boolean staleReads,
            AccessMode mode) {
        return new Table<>(
                new TableId(number, name), keys, records, writer, staleReads, mode, Expiry.NEVER);
    }
}
