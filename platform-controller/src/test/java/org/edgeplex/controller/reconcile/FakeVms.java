package org.edgeplex.controller.reconcile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeplex.controller.compute.RunningProgram;
import org.edgeplex.controller.compute.fake.FakeMachine;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.FencedException;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRouteKey;
import org.edgeplex.state.record.LabelBinding;
import org.edgeplex.state.record.LabelOwner;
import org.edgeplex.state.record.Lifecycle;

/// Plays the programs of the CVM and the PVMs, as the contract of the store wants them: leases,
/// heartbeats, the connected route of each attachment, a label for each that has a route.
final class FakeVms {
    private final State state;
    private final Leases leases;
    private final List<FakeMachine> machines;
    private final Map<RunningProgram, Incarnation> lives = new HashMap<>();
    private final Set<String> silent = new HashSet<>();

    FakeVms(State state, List<FakeMachine> machines) {
        this.state = state;
        this.leases = new Leases(state);
        this.machines = machines;
    }

    /// From now on the holder's processes run, and do nothing.
    void hang(String holder) {
        silent.add(holder);
    }

    void recover(String holder) {
        silent.remove(holder);
    }

    void tick() {
        for (FakeMachine machine : machines) {
            for (RunningProgram program : machine.running()) {
                if (!silent.contains(program.holder())) {
                    live(machine, program);
                }
            }
        }
    }

    private void live(FakeMachine machine, RunningProgram program) {
        Incarnation life =
                lives.computeIfAbsent(
                        program, _ -> leases.claim(program.holder(), "pid " + program.pid()));
        try {
            leases.heartbeat(life);
            StateWriter writer = state.as(life);
            if (program.holder().equals("cvm")) {
                bindLabels(writer);
            } else if (program.holder().endsWith("/control")) {
                offerConnectedRoute(writer, program.holder());
            }
        } catch (FencedException e) {
            machine.crash(program.holder());
        }
    }

    private void offerConnectedRoute(StateWriter writer, String holder) {
        int number = Integer.parseInt(holder.replaceAll("pvm-([0-9]+)/control", "$1"));
        state.get(Tables.ATTACHMENTS, number)
                .ifPresent(stored -> {
                    var attachment = stored.value();
                    var key = new CustomerRouteKey(number, attachment.link());
                    if (attachment.lifecycle() == Lifecycle.ACTIVE) {
                        writer.putIfAbsent(
                                Tables.CUSTOMER_ROUTES,
                                key,
                                new CustomerRoute(
                                        CustomerRoute.Source.CONNECTED,
                                        attachment.gateway(),
                                        Bytes.EMPTY));
                    } else {
                        writer.remove(Tables.CUSTOMER_ROUTES, key);
                    }
                });
    }

    private void bindLabels(StateWriter writer) {
        Set<Integer> wanted = new HashSet<>();
        state.scan(Tables.CUSTOMER_ROUTES)
                .forEach(route -> wanted.add(route.key().attachmentNumber()));
        for (int number : wanted) {
            MplsLabel label = new MplsLabel(1000 + number);
            writer.putIfAbsent(Tables.LABELS, label, new LabelOwner(number));
            writer.putIfAbsent(Tables.LABEL_BINDINGS, number, new LabelBinding(label));
        }
        for (var binding : state.scan(Tables.LABEL_BINDINGS)) {
            if (!wanted.contains(binding.key())) {
                writer.remove(Tables.LABEL_BINDINGS, binding.key());
                writer.remove(Tables.LABELS, binding.value().label());
            }
        }
    }
}
