package org.edgeplex.state.ramcloud.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What the cluster knows: what real ones keep in ZooKeeper, in masters and in backups. Guarded by
/// its own monitor.
final class ClusterState {
    final List<Master> masters = new ArrayList<>();
    final Map<String, Long> tableIds = new LinkedHashMap<>();
    final Map<Long, List<Tablet>> tablets = new HashMap<>();
    final Leases leases = new Leases();
    private long lastTableId;
    private int nextMaster;

    /// The table's id, made if there is none.
    long createTable(String name, int serverSpan) {
        Long existing = tableIds.get(name);
        if (existing != null) {
            return existing;
        }
        long id = ++lastTableId;
        tableIds.put(name, id);
        List<Tablet> parts = new ArrayList<>();
        long step = serverSpan == 1 ? 0 : Long.divideUnsigned(-1L, serverSpan) + 1;
        for (int i = 0; i < serverSpan; i++) {
            long first = i * step;
            long last = i == serverSpan - 1 ? -1L : first + step - 1;
            parts.add(new Tablet(id, first, last, nextLiving()));
        }
        tablets.put(id, parts);
        return id;
    }

    private Master nextLiving() {
        for (int i = 0; i < masters.size(); i++) {
            Master master = masters.get(nextMaster++ % masters.size());
            if (!master.node.isClosed()) {
                return master;
            }
        }
        throw new IllegalStateException("no master lives");
    }

    Tablet tablet(long tableId, long hash) {
        return find(tableId, hash).orElseThrow();
    }

    private Optional<Tablet> find(long tableId, long hash) {
        return tablets.getOrDefault(tableId, List.of()).stream()
                .filter(tablet -> tablet.contains(hash))
                .findFirst();
    }

    /// The tablet, if this master has it.
    Optional<Tablet> owned(Master master, long tableId, long hash) {
        return find(tableId, hash).filter(tablet -> tablet.master == master && !tablet.recovering);
    }

    void split(long tableId, long hash) {
        Tablet whole = tablet(tableId, hash);
        if (whole.firstHash == hash) {
            return;
        }
        List<Tablet> parts = Objects.requireNonNull(tablets.get(tableId));
        parts.remove(whole);
        parts.add(whole.below(hash));
        parts.add(whole.from(hash));
    }

    void move(Tablet tablet, Master to) {
        to.raiseVersion(tablet.master.nextVersion);
        tablet.master = to;
        tablet.recovering = false;
    }

    List<Tablet> tabletsOf(Master master) {
        return tablets.values().stream()
                .flatMap(List::stream)
                .filter(tablet -> tablet.master == master)
                .toList();
    }

    /// Gives a dead master's tablets to those that live.
    void recover(Master dead) {
        for (Tablet tablet : tabletsOf(dead)) {
            move(tablet, nextLiving());
        }
    }
}
