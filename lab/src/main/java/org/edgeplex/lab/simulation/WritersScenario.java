package org.edgeplex.lab.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.history.Call;
import org.edgeplex.state.history.History;
import org.edgeplex.state.history.Linearizability;
import org.edgeplex.state.history.Operation;
import org.edgeplex.state.history.Verdict;
import org.edgeplex.state.record.Lease;
import org.edgeplex.state.record.Reservation;

/// Leases, incarnations and conditional writes: two programs write the same few records, a third
/// reads them.
final class WritersScenario implements Scenario {
    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final TableId COUNTERS = new TableId(999, "counters");
    private static final Bytes COUNTER = Bytes.utf8("n");

    @Override
    public String name() {
        return "writers";
    }

    @Override
    public void settle(World world) {
        Map<Incarnation, String> claimed = new HashMap<>();
        world.place("w1", process -> new Writer(process, claimed).live());
        world.place("w2", process -> new Writer(process, claimed).live());
        world.place("reader", WritersScenario::read);
        watchEpochs(world);
        world.check("every history has an explanation", () -> explain(world));
    }

    /// A program as all are: it claims its life, then writes in its name.
    private static final class Writer {
        private final SimProcess process;
        private final State state;
        private final Leases leases;
        private final Incarnation life;
        private final StateWriter writer;
        private int written;

        Writer(SimProcess process, Map<Incarnation, String> claimed) {
            this.process = process;
            this.state = process.state();
            this.leases = new Leases(state);
            this.life = leases.claim(process.name(), process.toString());
            this.writer = state.as(life);
            String other = claimed.putIfAbsent(life, process.toString());
            if (other != null) {
                process.world()
                        .violated(
                                "no two lives have one epoch",
                                life + ": " + other + ", " + process);
            }
        }

        void live() {
            while (true) {
                process.sleep(process.random().nextInt(4, 36));
                try {
                    if (process.world().isBusy()) {
                        write();
                    } else {
                        leases.heartbeat(life);
                    }
                    process.progress();
                } catch (StoreException noAnswer) {
                    // A program may end then, as most do, or go on in uncertainty.
                    if (process.random().nextBoolean()) {
                        throw noAnswer;
                    }
                }
            }
        }

        private void write() {
            String key = KEYS.get(process.random().nextInt(KEYS.size()));
            Reservation value = new Reservation(process + "/" + written++);
            switch (process.random().nextInt(8)) {
                case 0, 1 -> writer.put(Tables.RESERVATIONS, key, value);
                case 2 -> writer.putIfAbsent(Tables.RESERVATIONS, key, value);
                case 3 -> {
                    Optional<Stored<String, Reservation>> seen =
                            state.get(Tables.RESERVATIONS, key);
                    seen.ifPresent(it -> writer.replace(Tables.RESERVATIONS, it, value));
                }
                case 4 -> writer.remove(Tables.RESERVATIONS, key);
                case 5 ->
                        writer.writeAll(
                                KEYS.stream()
                                        .map(each -> writer.toPut(Tables.RESERVATIONS, each, value))
                                        .toList());
                case 6 -> {
                    CompletableFuture<Long> _ =
                            process.store().add(COUNTERS, COUNTER, 1, SimProcess.TIMEOUT);
                }
                default -> leases.heartbeat(life);
            }
        }
    }

    private static void read(SimProcess process) {
        State state = process.state();
        while (true) {
            process.sleep(process.random().nextInt(3, 30));
            String key = KEYS.get(process.random().nextInt(KEYS.size()));
            state.get(Tables.RESERVATIONS, key);
            process.progress();
        }
    }

    private static void watchEpochs(World world) {
        Map<Bytes, Long> epochs = new HashMap<>();
        world.server()
                .observe((Change change) -> {
                    if (change.table().equals(Tables.LEASES.id())
                            && look(world, change) instanceof Lookup.Found(Bytes lease, _)) {
                        long epoch = Lease.epochOf(lease);
                        Long before = epochs.put(change.key(), epoch);
                        if (before != null && before > epoch) {
                            world.violated("epochs only rise", before + ", then " + epoch);
                        }
                    }
                });
    }

    private static Lookup look(World world, Change change) {
        return world.server().engine().get(change.table(), change.key(), SimProcess.TIMEOUT).join();
    }

    /// In the end everybody may look: so what was acknowledged and is not there is found, too.
    private static String explain(World world) {
        History history = world.history();
        for (String key : KEYS) {
            Change there = new Change(Tables.RESERVATIONS.id(), Bytes.utf8(key));
            Lookup.Absent absent = new Lookup.Absent();
            History.Open read =
                    history.begin("the end", new Call.Read(there.table(), there.key(), absent));
            read.answer(new Call.Read(there.table(), there.key(), look(world, there)));
        }
        List<Operation> operations = history.operations();
        return switch (Linearizability.check(operations)) {
            case Verdict.Linearizable() -> "";
            case Verdict.Violation violation -> violation.toString();
            case Verdict.Undecided undecided -> undecided.toString();
        };
    }
}
