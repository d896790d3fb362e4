package org.edgeplex.state.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DelegatingStore;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.client.State.OnDamage;
import org.edgeplex.state.memory.MemoryStateStore;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRouteKey;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.Reservation;
import org.junit.jupiter.api.Test;

/// Scans that are begun together find what scans find.
class TableScansTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MORE_THAN_A_PAGE = 2_500;

    private final ScanStore store = new ScanStore();
    private final State state = new State(store, TIMEOUT);
    private final StateWriter writer = state.as(Incarnation.UNFENCED);

    /// Notes which table each scan asks for.
    private static final class ScanStore extends DelegatingStore {
        private final List<String> asked = new ArrayList<>();

        ScanStore() {
            super(new MemoryStateStore());
        }

        @Override
        public CompletableFuture<ScanPage> scan(
                TableId table, Bytes prefix, Bytes resume, int limit, Duration timeout) {
            asked.add(table.name());
            return super.scan(table, prefix, resume, limit, timeout);
        }
    }

    @Test
    void allAreUnderWayBeforeOneIsTaken() {
        bind(1);
        writer.put(Tables.RESERVATIONS, "vlan/1", new Reservation("x"));
        TableScans scans = state.scans().begin(Tables.LABEL_BINDINGS).begin(Tables.RESERVATIONS);
        List<String> both = List.of("label_bindings", "reservations");
        assertEquals(both, store.asked);
        assertEquals(1, scans.take(Tables.RESERVATIONS, OnDamage.FAIL).size());
        assertEquals(1, scans.take(Tables.LABEL_BINDINGS, OnDamage.FAIL).size());
        assertEquals(both, store.asked);
    }

    @Test
    void whatWasTakenIsScannedAnew() {
        TableScans scans = state.scans().begin(Tables.LABEL_BINDINGS);
        assertEquals(List.of(), scans.take(Tables.LABEL_BINDINGS, OnDamage.FAIL));
        bind(1);
        assertEquals(
                state.scan(Tables.LABEL_BINDINGS),
                scans.take(Tables.LABEL_BINDINGS, OnDamage.FAIL));
    }

    @Test
    void pagesThatWereNotFetchedAheadFollow() {
        IntStream.range(0, MORE_THAN_A_PAGE).forEach(this::bind);
        TableScans scans = state.scans().begin(Tables.LABEL_BINDINGS);
        assertEquals(1, store.asked.size());
        assertEquals(
                state.scan(Tables.LABEL_BINDINGS),
                scans.take(Tables.LABEL_BINDINGS, OnDamage.FAIL));
    }

    @Test
    void aPrefixIsAScanOfItsOwn() {
        CustomerRoute route =
                new CustomerRoute(CustomerRoute.Source.CONNECTED, Ipv4Address.ANY, Bytes.EMPTY);
        writer.put(Tables.CUSTOMER_ROUTES, key(1), route);
        writer.put(Tables.CUSTOMER_ROUTES, key(2), route);
        TableScans scans =
                state.scans()
                        .begin(Tables.CUSTOMER_ROUTES)
                        .begin(Tables.CUSTOMER_ROUTES, CustomerRouteKey.of(2));
        assertEquals(2, scans.take(Tables.CUSTOMER_ROUTES, OnDamage.FAIL).size());
        assertEquals(
                List.of(key(2)),
                scans.take(Tables.CUSTOMER_ROUTES, CustomerRouteKey.of(2), OnDamage.FAIL).stream()
                        .map(Stored::key)
                        .toList());
        assertEquals(2, store.asked.size());
    }

    @Test
    void aDamagedRecordIsTold() {
        Bytes key = Bytes.utf8("not a number of an attachment");
        var _ =
                state.write(
                        new Write.Put(
                                Tables.LABEL_BINDINGS.id(),
                                key,
                                Bytes.EMPTY,
                                Expect.ANY,
                                Incarnation.UNFENCED));
        List<Bytes> damaged = new ArrayList<>();
        TableScans scans = state.scans().begin(Tables.LABEL_BINDINGS);
        assertEquals(
                List.of(), scans.take(Tables.LABEL_BINDINGS, (where, _) -> damaged.add(where)));
        assertEquals(List.of(key), damaged);
    }

    private void bind(int attachment) {
        writer.put(
                Tables.LABEL_BINDINGS,
                attachment,
                new LabelBinding(new MplsLabel(1_000 + attachment)));
    }

    private static CustomerRouteKey key(int attachment) {
        return new CustomerRouteKey(attachment, Ipv4Prefix.parse("10.0.0.0/8"));
    }
}
