package org.edgeplex.controller.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.edgeplex.controller.compute.RunningProgram;
import org.edgeplex.controller.health.HeartbeatDetector;
import org.edgeplex.controller.health.RestartBackoff;
import org.edgeplex.controller.health.Vitality;
import org.edgeplex.openflow.SwitchOutcome;
import org.edgeplex.openflow.SwitchPort;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Mirror;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRouteKey;
import org.edgeplex.state.record.Instance;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.Lease;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.state.record.Reservation;

/// Looks at everything once per pass. Used by the reconciler's thread.
final class Observer {
    private final State state;
    private final Mirror mirror;
    private final String self;
    private final Hosts hosts;
    private final SwitchLink link;
    private final HeartbeatDetector detector;
    private final RestartBackoff backoff;
    private final Map<Integer, Long> withdrawingSinceNanos = new HashMap<>();
    private SortedMap<String, SwitchPort> ports = new TreeMap<>();
    private String switchProblem = "";
    private boolean portsKnown;

    /// @param self whose lease is the observer's own
    Observer(
            State state,
            String self,
            Hosts hosts,
            SwitchLink link,
            HeartbeatDetector detector,
            RestartBackoff backoff) {
        this.state = state;
        this.mirror =
                state.mirror(
                        Tables.PROVIDER_EDGE,
                        Tables.RESERVATIONS,
                        Tables.VRFS,
                        Tables.ATTACHMENTS,
                        Tables.INSTANCES,
                        Tables.LABEL_BINDINGS);
        this.self = self;
        this.hosts = hosts;
        this.link = link;
        this.detector = detector;
        this.backoff = backoff;
    }

    /// The ports will be read again: we or somebody else may have changed them.
    void forgetPorts() {
        portsKnown = false;
    }

    /// Why the switch cannot be looked at; empty: it can.
    String switchProblem() {
        return switchProblem;
    }

    /// Takes a look at the leases alone; the cheap part of [#look].
    ///
    /// @return whether somebody is suspected
    boolean lookAtHearts(long nowNanos) {
        Set<String> holders = new HashSet<>();
        for (ObservedHost host : hosts.observe()) {
            host.programs().forEach(program -> holders.add(program.holder()));
        }
        detector.look(holders, leases(holders), self, nowNanos);
        boolean suspicion = false;
        for (String holder : holders) {
            Vitality vitality = detector.vitality(holder);
            suspicion |= vitality == Vitality.SUSPECT;
            if (vitality == Vitality.ALIVE) {
                backoff.alive(holder, nowNanos);
            }
        }
        return suspicion;
    }

    /// Returns whether somebody wrote what a [#look] looks at, since the last one or the last call.
    boolean hasNews() {
        return mirror.refresh();
    }

    /// Theirs and our own.
    private Map<String, Lease> leases(Set<String> holders) {
        List<String> wanted = new ArrayList<>(holders);
        wanted.add(self);
        Map<String, Lease> leases = new HashMap<>();
        for (var stored : state.getAll(Tables.LEASES, wanted, State.OnDamage.SKIP)) {
            leases.put(stored.key(), stored.value());
        }
        return leases;
    }

    Observed look(AppliedSteering steering, long nowNanos) {
        lookAtHearts(nowNanos);
        mirror.refresh();
        SortedMap<Integer, Attachment> attachments =
                table(Tables.ATTACHMENTS, attachment -> attachment);
        SortedMap<String, Instance> instances = table(Tables.INSTANCES, instance -> instance);
        List<ObservedHost> seenHosts = hosts.observe();
        Set<Integer> withRoutes = new HashSet<>();
        Map<Integer, Duration> withdrawingFor = new HashMap<>();
        withdrawingSinceNanos.keySet().retainAll(attachments.keySet());
        attachments.forEach((number, attachment) -> {
            if (attachment.lifecycle() == Lifecycle.WITHDRAWING) {
                long since = withdrawingSinceNanos.computeIfAbsent(number, _ -> nowNanos);
                withdrawingFor.put(number, Duration.ofNanos(nowNanos - since));
                if (hasRoutes(number)) {
                    withRoutes.add(number);
                }
            } else {
                withdrawingSinceNanos.remove(number);
            }
        });
        return new Observed(
                table(Tables.PROVIDER_EDGE, self -> self),
                table(Tables.RESERVATIONS, Reservation::owner),
                table(Tables.VRFS, vrf -> vrf),
                attachments,
                instances,
                table(Tables.LABEL_BINDINGS, LabelBinding::label),
                withRoutes,
                withdrawingFor,
                seenHosts,
                vitality(seenHosts),
                backingOff(instances, nowNanos),
                ports(),
                steering);
    }

    private Map<String, Vitality> vitality(List<ObservedHost> seen) {
        Map<String, Vitality> vitality = new HashMap<>();
        for (ObservedHost host : seen) {
            for (RunningProgram program : host.programs()) {
                vitality.put(program.holder(), detector.vitality(program.holder()));
            }
        }
        return vitality;
    }

    private Set<String> backingOff(SortedMap<String, Instance> instances, long nowNanos) {
        Set<String> holders = new HashSet<>();
        instances.forEach((name, instance) ->
                InstancePlanner.specs(instance).stream()
                        .filter(spec -> !backoff.mayStart(spec.holder(), nowNanos))
                        .forEach(spec -> holders.add(spec.holder())));
        return holders;
    }

    private SortedMap<String, SwitchPort> ports() {
        if (link instanceof SwitchLink.Bridge bridge && !portsKnown) {
            switch (bridge.database().listPorts(bridge.bridge().name())) {
                case SwitchOutcome.Done<SortedMap<String, SwitchPort>>(var seen) -> {
                    ports = seen;
                    portsKnown = true;
                    switchProblem = "";
                }
                case SwitchOutcome.Refused<SortedMap<String, SwitchPort>>(String why) ->
                        switchProblem = why;
                case SwitchOutcome.Unreachable<SortedMap<String, SwitchPort>>(String why) ->
                        switchProblem = why;
                case SwitchOutcome.Unanswered<SortedMap<String, SwitchPort>>(String why) ->
                        switchProblem = why;
            }
        }
        return ports;
    }

    /// One key is enough to know: a customer may have a million.
    private boolean hasRoutes(int number) {
        return state.isAny(Tables.CUSTOMER_ROUTES, CustomerRouteKey.of(number));
    }

    /// What is rendered is rendered again if it cannot be read; a number that was given to somebody
    /// must not be given again.
    private static State.OnDamage onDamage(Table<?, ?> table) {
        return table.equals(Tables.RESERVATIONS) ? State.OnDamage.FAIL : State.OnDamage.SKIP;
    }

    private <K extends Comparable<K>, V, T> SortedMap<K, T> table(
            Table<K, V> table, Function<V, T> view) {
        SortedMap<K, T> rows = new TreeMap<>();
        for (Stored<K, V> stored : mirror.rows(table, onDamage(table))) {
            rows.put(stored.key(), view.apply(stored.value()));
        }
        return rows;
    }
}
