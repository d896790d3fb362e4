package org.edgeplex.lab.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Change;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.client.Stored;
import org.edgeplex.state.record.Lease;
import org.edgeplex.state.record.Reservation;

/// Timers in the store: three instances see that one is due, one of them acts. Who finds that the
/// one that should act is silent fences it and acts instead.
final class TimersScenario implements Scenario {
    private static final int TIMERS = 5;
    private static final int EVERY_MILLIS = 250;
    private static final int SILENCE_MILLIS = 150;
    private static final String WAITING = "";
    private static final String DONE = "done";

    private final boolean fencesFirst;

    TimersScenario() {
        this(true);
    }

    /// For the test of the test.
    ///
    /// @param fencesFirst false: an instance takes over from one that is silent just so
    TimersScenario(boolean fencesFirst) {
        this.fencesFirst = fencesFirst;
    }

    @Override
    public String name() {
        return "timers";
    }

    @Override
    public void settle(World world) {
        for (int i = 0; i < TIMERS; i++) {
            world.server()
                    .engine()
                    .write(
                            List.of(
                                    Tables.RESERVATIONS.put(
                                            timer(i),
                                            new Reservation(WAITING),
                                            Expect.ANY,
                                            Incarnation.UNFENCED)),
                            SimProcess.TIMEOUT)
                    .join();
        }
        for (String name : new String[] {"t1", "t2", "t3"}) {
            world.place(name, process -> new Instance(process).live());
        }
        Map<Bytes, Incarnation> actors = new HashMap<>();
        world.server().observe(change -> watch(world, change, actors));
        world.check("every timer fires", () -> waiting(world));
    }

    private static String timer(int number) {
        return "timer/" + number;
    }

    private static String fired(int number) {
        return "fired/" + number;
    }

    private final class Instance {
        private final SimProcess process;
        private final State state;
        private final Incarnation life;
        private final StateWriter writer;
        private final Map<String, Pulse> pulses = new HashMap<>();

        private record Pulse(Lease lease, long sinceMillis) {}

        Instance(SimProcess process) {
            this.process = process;
            this.state = process.state();
            this.life = new Leases(state).claim(process.name(), process.toString());
            this.writer = state.as(life);
        }

        void live() {
            while (true) {
                try {
                    new Leases(state).heartbeat(life);
                    for (int i = 0; i < TIMERS; i++) {
                        if (process.nowMillis() >= (long) EVERY_MILLIS * i) {
                            see(i);
                        }
                    }
                    process.progress();
                } catch (StoreException noAnswer) {
                    // What was done shows when it is read again.
                }
                process.sleep(process.random().nextInt(15, 60));
            }
        }

        private void see(int number) {
            Optional<Stored<String, Reservation>> seen =
                    state.get(Tables.RESERVATIONS, timer(number));
            if (seen.isEmpty() || seen.get().value().owner().equals(DONE)) {
                return;
            }
            String owner = seen.get().value().owner();
            if (owner.equals(life.toString())) {
                act(number, seen.get());
            } else if (owner.equals(WAITING) || isOver(incarnation(owner))) {
                // Whether this one got it shows when it is read again.
                writer.replace(Tables.RESERVATIONS, seen.get(), new Reservation(life.toString()));
            }
        }

        private void act(int number, Stored<String, Reservation> mine) {
            // An action takes its time, and anything may happen meanwhile.
            process.sleep(process.random().nextInt(10, 100));
            writer.put(Tables.RESERVATIONS, fired(number), new Reservation(life.toString()));
            writer.replace(Tables.RESERVATIONS, mine, new Reservation(DONE));
        }

        /// Whether that life is over, or is now: one that shows no pulse is ended.
        private boolean isOver(Incarnation other) {
            Lease lease = state.get(Tables.LEASES, other.holder()).map(Stored::value).orElseThrow();
            if (lease.epoch() != other.epoch()) {
                return true;
            }
            Pulse pulse = pulses.get(other.holder());
            if (pulse == null || !pulse.lease.equals(lease)) {
                pulses.put(other.holder(), new Pulse(lease, process.nowMillis()));
                return false;
            }
            if (process.nowMillis() - pulse.sinceMillis < SILENCE_MILLIS) {
                return false;
            }
            if (fencesFirst) {
                new Leases(state, life).fence(other.holder());
            }
            return true;
        }
    }

    private static Incarnation incarnation(String text) {
        int hash = text.indexOf('#');
        return new Incarnation(text.substring(0, hash), Long.parseLong(text.substring(hash + 1)));
    }

    /// An action of another life than before is right only if that one was over by then.
    private static void watch(World world, Change change, Map<Bytes, Incarnation> actors) {
        if (!change.table().equals(Tables.RESERVATIONS.id())
                || !change.key().startsWith(Bytes.utf8("fired/"))
                || !(find(world, change) instanceof Lookup.Found(Bytes value, _))) {
            return;
        }
        String owner = Tables.RESERVATIONS.decode(change.key(), value).owner();
        Incarnation actor = incarnation(owner);
        Incarnation before = actors.put(change.key(), actor);
        if (before == null || before.equals(actor)) {
            return;
        }
        Change lease = new Change(Tables.LEASES.id(), Bytes.utf8(before.holder()));
        if (find(world, lease) instanceof Lookup.Found(Bytes found, _)
                && Lease.epochOf(found) == before.epoch()) {
            world.violated(
                    "a timer fires at one live instance",
                    Tables.RESERVATIONS.decodeKey(change.key())
                            + " at "
                            + before
                            + " and "
                            + actor);
        }
    }

    private static Lookup find(World world, Change change) {
        return world.server().engine().get(change.table(), change.key(), SimProcess.TIMEOUT).join();
    }

    private static String waiting(World world) {
        StringBuilder waiting = new StringBuilder();
        for (int i = 0; i < TIMERS; i++) {
            Change fired = new Change(Tables.RESERVATIONS.id(), Bytes.utf8(fired(i)));
            if (find(world, fired) instanceof Lookup.Absent) {
                waiting.append(timer(i)).append(' ');
            }
        }
        return waiting.toString().strip();
    }
}
