package org.edgeplex.controller.intent;

import static org.edgeplex.controller.intent.RefusedException.Reason.CHANGED_MEANWHILE;
import static org.edgeplex.controller.intent.RefusedException.Reason.CONFLICT;
import static org.edgeplex.controller.intent.RefusedException.Reason.INVALID;
import static org.edgeplex.controller.intent.RefusedException.Reason.NOT_FOUND;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.edgeplex.controller.event.EventLog;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Mirror;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.record.Intent;
import org.edgeplex.state.record.Lifecycle;

/// The intents of this PE: checked against each other, stored, told to the event log.
///
/// One lock makes check and write one step; the controller's lease makes it the only writer. A
/// [RefusedException] has changed nothing.
public final class IntentStore {
    /// Services, nodes and accesses each.
    static final int INTENTS_MAX = 4_000;

    private final State state;
    private final Mirror mirror;
    private final StateWriter writer;
    private final EventLog events;
    private final IntentChecks checks;
    private final Runnable onChange;
    private final ReentrantLock lock = new ReentrantLock();

    /// @param onChange told after each change, while the lock is held: it must only raise a flag
    public IntentStore(
            State state, StateWriter writer, EventLog events, PeSite site, Runnable onChange) {
        this.state = state;
        this.mirror = state.mirror(Tables.VPN_SERVICES, Tables.VPN_NODES, Tables.VPN_ACCESSES);
        this.writer = writer;
        this.events = events;
        this.checks = new IntentChecks(site);
        this.onChange = onChange;
    }

    public IntentSnapshot snapshot() {
        return locked(() -> {
            mirror.refresh();
            return new IntentSnapshot(
                    all(Tables.VPN_SERVICES, id -> id, IntentJson::service),
                    all(Tables.VPN_NODES, NodeId::parse, IntentJson::node),
                    all(Tables.VPN_ACCESSES, AccessId::parse, IntentJson::access));
        });
    }

    public Held<VpnService> create(VpnService service) {
        return locked(() -> {
            IntentSnapshot others = snapshot();
            return added(
                    others.services(),
                    service.vpnId(),
                    "/vpn-id",
                    Tables.VPN_SERVICES,
                    service,
                    IntentJson.write(service));
        });
    }

    public Held<VpnNode> create(String service, VpnNode node) {
        return locked(() -> {
            IntentSnapshot others = snapshot();
            active(others.services(), service, "vpn-service");
            NodeId id = new NodeId(service, node.vpnNodeId());
            checks.node(others, id, node);
            return added(
                    others.nodes(),
                    id,
                    "/vpn-node-id",
                    Tables.VPN_NODES,
                    node,
                    IntentJson.write(node));
        });
    }

    public Held<VpnNetworkAccess> create(NodeId node, VpnNetworkAccess access) {
        return locked(() -> {
            IntentSnapshot others = snapshot();
            active(others.services(), node.service(), "vpn-service");
            active(others.nodes(), node, "vpn-node");
            AccessId id = new AccessId(node, access.accessId());
            absent(others.accesses(), id, "/access-id");
            checks.access(others, id, access);
            return added(
                    others.accesses(),
                    id,
                    "/access-id",
                    Tables.VPN_ACCESSES,
                    access,
                    IntentJson.write(access));
        });
    }

    public Held<VpnService> change(String id, VpnService service, ChangeCondition condition) {
        return locked(() -> {
            Held<VpnService> seen = active(snapshot().services(), id, "vpn-service");
            sameName(id, service.vpnId(), "/vpn-id");
            return replaced(
                    seen, condition, id, Tables.VPN_SERVICES, service, IntentJson.write(service));
        });
    }

    public Held<VpnNode> change(NodeId id, VpnNode node, ChangeCondition condition) {
        return locked(() -> {
            IntentSnapshot others = snapshot();
            Held<VpnNode> seen = active(others.nodes(), id, "vpn-node");
            sameName(id.node(), node.vpnNodeId(), "/vpn-node-id");
            checks.node(others, id, node);
            return replaced(seen, condition, id, Tables.VPN_NODES, node, IntentJson.write(node));
        });
    }

    public Held<VpnNetworkAccess> change(
            AccessId id, VpnNetworkAccess access, ChangeCondition condition) {
        return locked(() -> {
            IntentSnapshot others = snapshot();
            Held<VpnNetworkAccess> seen = active(others.accesses(), id, "vpn-network-access");
            sameName(id.access(), access.accessId(), "/access-id");
            checks.access(others, id, access);
            return replaced(
                    seen, condition, id, Tables.VPN_ACCESSES, access, IntentJson.write(access));
        });
    }

    /// From now on the service, its nodes and its accesses are on their way out.
    public void withdraw(String service) {
        withdraw(IntentSnapshot::services, service, "vpn-service", Tables.VPN_SERVICES);
    }

    public void withdraw(NodeId node) {
        withdraw(IntentSnapshot::nodes, node, "vpn-node", Tables.VPN_NODES);
    }

    public void withdraw(AccessId access) {
        withdraw(IntentSnapshot::accesses, access, "vpn-network-access", Tables.VPN_ACCESSES);
    }

    /// For the reconciler, when nothing of a withdrawn intent is left. The event comes first, so
    /// that who waits for it never misses it; under the lock, so that who saw it finds it true.
    public void forget(Table<String, Intent> table, String key) {
        locked(() -> {
            events.append(key, EventLog.GONE, "nothing is left of it");
            writer.remove(table, key);
            onChange.run();
            return key;
        });
    }

    private <K extends Comparable<K>, T> void withdraw(
            Function<IntentSnapshot, SortedMap<K, Held<T>>> things,
            K key,
            String kind,
            Table<String, Intent> table) {
        locked(() -> {
            Held<T> seen = existing(things.apply(snapshot()), key, kind);
            if (!seen.isWithdrawing()) {
                Stored<String, Intent> stored = stored(table, key.toString());
                writer.put(
                        table,
                        key.toString(),
                        new Intent(
                                seen.generation() + 1,
                                Lifecycle.WITHDRAWING,
                                stored.value().document()));
                events.append(key.toString(), "WITHDRAWING", "is being withdrawn");
                onChange.run();
            }
            return seen;
        });
    }

    private <K, T> Held<T> added(
            SortedMap<K, Held<T>> others,
            K key,
            String pointer,
            Table<String, Intent> table,
            T intent,
            ObjectNode document) {
        absent(others, key, pointer);
        if (others.size() >= INTENTS_MAX) {
            throw RefusedException.of(
                    CONFLICT, "", "there are " + INTENTS_MAX + " of this kind already");
        }
        return written(table, key.toString(), intent, 1, document, "accepted");
    }

    private <K, T> Held<T> replaced(
            Held<T> seen,
            ChangeCondition condition,
            K key,
            Table<String, Intent> table,
            T intent,
            ObjectNode document) {
        if (!condition.allows(seen.generation())) {
            throw RefusedException.of(
                    CHANGED_MEANWHILE, "", "is at generation " + seen.generation() + " by now");
        }
        if (seen.intent().equals(intent)) {
            return seen;
        }
        return written(
                table, key.toString(), intent, seen.generation() + 1, document, "change accepted");
    }

    private <T> Held<T> written(
            Table<String, Intent> table,
            String key,
            T intent,
            long generation,
            ObjectNode document,
            String what) {
        writer.put(table, key, new Intent(generation, Lifecycle.ACTIVE, document.toString()));
        events.append(key, "ACCEPTED", what);
        onChange.run();
        return new Held<>(intent, generation, Lifecycle.ACTIVE);
    }

    private static <K, T> void absent(SortedMap<K, Held<T>> things, K key, String pointer) {
        Held<T> present = things.get(key);
        if (present != null) {
            throw RefusedException.of(
                    CONFLICT,
                    pointer,
                    key + (present.isWithdrawing() ? " is being withdrawn" : " exists already"));
        }
    }

    private static <K, T> Held<T> existing(SortedMap<K, Held<T>> things, K key, String kind) {
        Held<T> present = things.get(key);
        if (present == null) {
            throw RefusedException.of(NOT_FOUND, "", "there is no " + kind + " " + key);
        }
        return present;
    }

    private static <K, T> Held<T> active(SortedMap<K, Held<T>> things, K key, String kind) {
        Held<T> present = existing(things, key, kind);
        if (present.isWithdrawing()) {
            throw RefusedException.of(CONFLICT, "", kind + " " + key + " is being withdrawn");
        }
        return present;
    }

    private static void sameName(String path, String body, String pointer) {
        if (!path.equals(body)) {
            throw RefusedException.of(
                    INVALID, pointer, "a name cannot be changed: " + path + " to " + body);
        }
    }

    private Stored<String, Intent> stored(Table<String, Intent> table, String key) {
        return state.get(table, key)
                .orElseThrow(() -> RefusedException.of(NOT_FOUND, "", key + " is gone"));
    }

    private <K, T> SortedMap<K, Held<T>> all(
            Table<String, Intent> table, Function<String, K> key, Function<JsonNode, T> parse) {
        SortedMap<K, Held<T>> things = new TreeMap<>();
        for (Stored<String, Intent> stored : mirror.rows(table, State.OnDamage.FAIL)) {
            Intent intent = stored.value();
            things.put(
                    key.apply(stored.key()),
                    new Held<>(
                            parse.apply(IntentJson.stored(intent.document())),
                            intent.generation(),
                            intent.lifecycle()));
        }
        return things;
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
