package org.edgeplex.lab.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.edgeplex.lab.node.ProviderEdgeNode;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.Stores;
import org.edgeplex.state.client.TableScans;

/// All that there is of customers on a PE, seen from outside of its programs: what the switch has,
/// what the store has, what runs.
final class Inventory {
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(5);

    /// Histories: a record of them says that something was, not that it is.
    private static final Set<Table<?, ?>> HISTORIES =
            Set.of(Tables.EVENTS, Tables.LEASES, Tables.LABEL_RESTS);

    private final LabUnderTest lab;
    private final ProviderEdgeNode pe;

    Inventory(LabUnderTest lab, ProviderEdgeNode pe) {
        this.lab = lab;
        this.pe = pe;
    }

    SortedSet<String> everything() {
        SortedSet<String> all = outsideOfTheStore();
        keys().forEach(key -> all.add(pe.name() + " record " + key));
        return all;
    }

    /// What is there of it without a look at the store, which costs that nothing.
    SortedSet<String> outsideOfTheStore() {
        SortedSet<String> all = new TreeSet<>();
        flows().forEach(flow -> all.add(pe.name() + " flow " + flow));
        pe.openVSwitch()
                .ports(ProviderEdgeNode.BRIDGE)
                .forEach(port -> all.add(pe.name() + " port " + port));
        lab.machine()
                .processesAt(pe.namespaces())
                .forEach(process -> all.add(pe.name() + " process " + process));
        return all;
    }

    /// The switch's flows without their counters.
    List<String> flows() {
        return pe.openVSwitch().dumpFlows(ProviderEdgeNode.BRIDGE);
    }

    /// Table and key of each record, by a reader of our own.
    private SortedSet<String> keys() {
        return read(
                Tables.all().stream().filter(table -> !HISTORIES.contains(table)).toList(), false);
    }

    /// The records of some tables, with what is in them.
    SortedSet<String> records(List<Table<?, ?>> tables) {
        return read(tables, true);
    }

    private SortedSet<String> read(List<Table<?, ?>> tables, boolean withValues) {
        SortedSet<String> records = new TreeSet<>();
        try (StateStore store = Stores.openExisting(pe.storeLocation())) {
            TableScans scans = new State(store, STORE_TIMEOUT).scans();
            tables.forEach(scans::begin);
            tables.forEach(table -> add(records, scans, table, withValues));
        }
        return records;
    }

    private static <K, V> void add(
            Set<String> records, TableScans scans, Table<K, V> table, boolean withValues) {
        scans.take(table, State.OnDamage.FAIL)
                .forEach(stored ->
                        records.add(
                                table.id().name()
                                        + " "
                                        + stored.key()
                                        + (withValues ? " " + stored.value() : "")));
    }

    /// The instance that carries an access: `name`, `programs` with their pids.
    static JsonNode instance(JsonNode instances, String name) {
        for (JsonNode instance : instances.path("instances")) {
            if (instance.path("name").asText().equals(name)) {
                return instance;
            }
        }
        return instances.path("no such instance");
    }
}
