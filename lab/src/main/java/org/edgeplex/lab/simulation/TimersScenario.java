package org.edgeplex.lab.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.client.ClientOptions;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.TableClients;
import org.edgeplex.state.client.TimerOptions;
import org.edgeplex.state.client.TimerOwner;
import org.edgeplex.state.client.Timers;
import org.edgeplex.state.record.ScheduledTimer;
import org.edgeplex.state.record.TimerKey;

/// Durable timers: two programs schedule, move and cancel them, three fire them.
final class TimersScenario implements Scenario {
    /// Soon enough to be over before the end, whoever dies.
    private static final int DUE_MAX_MILLIS = 150;

    private static final TimerOptions OPTIONS =
            new TimerOptions(
                    Duration.ofMillis(8),
                    Duration.ofMillis(20),
                    SimProcess.TIMEOUT,
                    Duration.ofMillis(15),
                    8);

    @Override
    public String name() {
        return "timers";
    }

    @Override
    public void settle(World world) {
        TimersLedger ledger = new TimersLedger(world);
        for (String name : new String[] {"s1", "s2"}) {
            world.place(name, process -> new Scheduler(process, ledger).live());
        }
        for (String name : new String[] {"t1", "t2", "t3"}) {
            world.place(name, process -> fire(process, ledger));
        }
        world.check("every timer fires", ledger::waiting);
    }

    /// An instance that takes part in firing.
    private static void fire(SimProcess process, TimersLedger ledger) {
        StrandLoop loop = new StrandLoop(process);
        TimerOwner _ =
                new TimerOwner(
                        process.answeringStore(),
                        loop,
                        () -> {
                            // It looks at the clock in every tick that came so far.
                            process.progress();
                            return Instant.ofEpochMilli(process.nowMillis());
                        },
                        process.toString(),
                        (key, timer) -> act(process, loop, ledger, key, timer),
                        OPTIONS);
        loop.run();
    }

    /// An action takes its time, and may fail.
    private static CompletableFuture<?> act(
            SimProcess process,
            StrandLoop loop,
            TimersLedger ledger,
            TimerKey key,
            ScheduledTimer timer) {
        ledger.fired(key.id(), timer.claimedEpoch(), process);
        CompletableFuture<Boolean> acted = new CompletableFuture<>();
        boolean fails = process.random().nextInt(6) == 0;
        loop.schedule(
                Duration.ofMillis(process.random().nextInt(30)),
                () -> {
                    if (fails) {
                        acted.completeExceptionally(new StoreException("the action failed"));
                    } else {
                        acted.complete(true);
                    }
                });
        return acted;
    }

    /// A program that has something done later.
    private static final class Scheduler {
        private final SimProcess process;
        private final TimersLedger ledger;
        private final StrandLoop loop;
        private final Timers timers;
        private final List<String> ids = new ArrayList<>();
        private int scheduled;

        Scheduler(SimProcess process, TimersLedger ledger) {
            this.process = process;
            this.ledger = ledger;
            this.loop = new StrandLoop(process);
            Incarnation life =
                    new Leases(process.state()).claim(process.name(), process.toString());
            this.timers =
                    new Timers(
                            new TableClients(
                                    process.answeringStore(),
                                    loop,
                                    life,
                                    () -> Instant.ofEpochMilli(process.nowMillis()),
                                    ClientOptions.DEFAULT.withTimeout(SimProcess.TIMEOUT)));
        }

        void live() {
            stepLater();
            loop.run();
        }

        private void stepLater() {
            loop.schedule(Duration.ofMillis(process.random().nextInt(5, 40)), this::step);
        }

        private void step() {
            if (!process.world().isBusy()) {
                process.progress();
                stepLater();
                return;
            }
            CompletableFuture<Timers.Outcome> asked =
                    switch (ids.isEmpty() ? 0 : process.random().nextInt(4)) {
                        case 0, 1 -> schedule();
                        case 2 -> reschedule(anyId());
                        default -> cancel(anyId());
                    };
            var _ = asked.whenComplete((outcome, failure) -> loop.execute(() -> answered(outcome)));
        }

        /// Null: the store gave no answer to a read.
        private void answered(Timers.Outcome outcome) {
            if (outcome == Timers.Outcome.FENCED) {
                loop.close();
                return;
            }
            process.progress();
            stepLater();
        }

        private String anyId() {
            return ids.get(process.random().nextInt(ids.size()));
        }

        private long due() {
            return process.nowMillis() + process.random().nextInt(DUE_MAX_MILLIS);
        }

        private CompletableFuture<Timers.Outcome> schedule() {
            String id = process + "/" + scheduled++;
            long due = due();
            ids.add(id);
            return ledger.scheduling(id, due, timers.schedule(id, due, "act", Bytes.EMPTY));
        }

        private CompletableFuture<Timers.Outcome> reschedule(String id) {
            long due = due();
            return ledger.moving(id, due, timers.reschedule(id, due));
        }

        private CompletableFuture<Timers.Outcome> cancel(String id) {
            return ledger.cancelling(id, timers.cancel(id));
        }
    }
}
