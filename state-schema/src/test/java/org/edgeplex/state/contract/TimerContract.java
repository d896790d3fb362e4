package org.edgeplex.state.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.ClientOptions;
import org.edgeplex.state.client.ManualLoop;
import org.edgeplex.state.client.TableClients;
import org.edgeplex.state.client.TimerOptions;
import org.edgeplex.state.client.TimerOwner;
import org.edgeplex.state.client.Timers;
import org.edgeplex.state.record.ScheduledTimer;
import org.edgeplex.state.record.TimerKey;
import org.junit.jupiter.api.Test;

/// Durable timers on an engine: each happens at one live instance, whatever dies.
public abstract class TimerContract extends EngineContract {
    private static final long START_MILLIS = 1_800_000_000_000L;
    private static final Duration TICK = TimerOptions.DEFAULT.tickInterval();
    private static final Duration TAKEOVER = TimerOptions.DEFAULT.leaseInterval().multipliedBy(12);

    private long nowMillis = START_MILLIS;
    private final List<String> fired = new ArrayList<>();

    /// A program that takes part: its own loop, its own view of the engine.
    private final class Program {
        final String name;
        final ManualLoop loop = new ManualLoop();
        final SettlingStore watched = new SettlingStore(store());
        final TimerOwner owner;
        final Timers timers;
        boolean completes = true;

        Program(String name) {
            this.name = name;
            InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);
            timers =
                    new Timers(
                            new TableClients(
                                    watched,
                                    loop,
                                    Incarnation.UNFENCED,
                                    clock,
                                    ClientOptions.DEFAULT));
            owner = new TimerOwner(watched, loop, clock, name, this::fire, TimerOptions.DEFAULT);
        }

        private CompletableFuture<?> fire(TimerKey key, ScheduledTimer timer) {
            fired.add(name + " " + key.id() + " " + timer.action());
            return completes ? CompletableFuture.completedFuture(true) : new CompletableFuture<>();
        }

        Timers.Outcome done(CompletableFuture<Timers.Outcome> outcome) {
            watched.settle(loop);
            assertTrue(outcome.isDone());
            return outcome.join();
        }

        Timers.Outcome schedule(String id, long afterMillis) {
            return done(timers.schedule(id, START_MILLIS + afterMillis, "act", Bytes.EMPTY));
        }
    }

    private void pass(Duration duration, Program... programs) {
        for (long left = duration.toMillis(); left > 0; left -= TICK.toMillis()) {
            nowMillis += TICK.toMillis();
            for (Program each : programs) {
                each.watched.pass(each.loop, TICK);
            }
        }
    }

    private Lookup stored(String id) {
        Bytes key = Tables.TIMERS.keys().encode(TimerKey.of(id));
        return await(store().get(Tables.TIMERS.id(), key, TIMEOUT));
    }

    @Test
    void aTimerFiresOnceWhenItIsDueAndIsForgotten() {
        Program one = new Program("one");
        pass(TICK, one);
        assertEquals(Timers.Outcome.DONE, one.schedule("a", 1_000));
        pass(Duration.ofMillis(900), one);
        assertEquals(List.of(), fired);
        pass(Duration.ofMillis(200), one);
        assertEquals(List.of("one a act"), fired);
        pass(Duration.ofSeconds(2), one);
        assertEquals(List.of("one a act"), fired);
        assertEquals(Lookup.ABSENT, stored("a"));
    }

    @Test
    void itFiresAtOneOfSeveralInstancesWhoeverScheduledIt() {
        Program one = new Program("one");
        pass(TICK, one);
        Program two = new Program("two");
        Program three = new Program("three");
        pass(TICK, one, two, three);
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            Program by = i % 2 == 0 ? two : three;
            assertEquals(Timers.Outcome.DONE, by.schedule("t" + i, 100 + 10 * i));
            expected.add("one t" + i + " act");
        }
        pass(Duration.ofSeconds(1), one, two, three);
        assertEquals(40, fired.size());
        assertEquals(expected, Set.copyOf(fired));
    }

    @Test
    void aCancelledTimerDoesNotFireAndAClaimedOneCannotBeCancelled() {
        Program one = new Program("one");
        pass(TICK, one);
        one.schedule("a", 500);
        one.schedule("b", 500);
        assertEquals(Timers.Outcome.REFUSED, one.schedule("a", 900));
        pass(TICK, one);
        assertEquals(Timers.Outcome.DONE, one.done(one.timers.cancel("a")));
        one.completes = false;
        pass(Duration.ofSeconds(1), one);
        assertEquals(List.of("one b act"), fired);
        assertEquals(Timers.Outcome.REFUSED, one.done(one.timers.cancel("b")));
        assertEquals(Timers.Outcome.REFUSED, one.done(one.timers.reschedule("b", 0)));
        assertEquals(Timers.Outcome.REFUSED, one.done(one.timers.cancel("none")));
    }

    @Test
    void aMovedTimerFiresAtItsNewTimeOnly() {
        Program one = new Program("one");
        pass(TICK, one);
        one.schedule("a", 500);
        pass(Duration.ofMillis(400), one);
        assertEquals(
                Timers.Outcome.DONE, one.done(one.timers.reschedule("a", START_MILLIS + 2_000)));
        pass(Duration.ofMillis(1_400), one);
        assertEquals(List.of(), fired);
        pass(Duration.ofMillis(400), one);
        assertEquals(List.of("one a act"), fired);
    }

    @Test
    void theTimersOfADeadInstanceFireAtAnother() {
        Program one = new Program("one");
        pass(TICK, one);
        Program two = new Program("two");
        one.schedule("a", 500);
        pass(Duration.ofMillis(100), one, two);
        one.watched.kill();
        pass(TAKEOVER, two);
        assertEquals(List.of("two a act"), fired);
        assertEquals(Lookup.ABSENT, stored("a"));
    }

    @Test
    void anInstanceThatEndsFreesItsShardsAtOnce() {
        Program one = new Program("one");
        pass(TICK, one);
        Program two = new Program("two");
        two.schedule("a", 1_500);
        one.owner.close();
        one.watched.pass(one.loop, TICK);
        pass(Duration.ofMillis(1_600), two);
        assertEquals(List.of("two a act"), fired);
    }

    /// A crash between the mark and the end of the action.
    @Test
    void anActionThatACrashMayHaveCutOffHappensAgain() {
        Program one = new Program("one");
        pass(TICK, one);
        one.completes = false;
        Program two = new Program("two");
        one.schedule("a", 100);
        pass(Duration.ofMillis(300), one, two);
        assertEquals(List.of("one a act"), fired);
        one.watched.kill();
        pass(TAKEOVER, two);
        assertEquals(List.of("one a act", "two a act"), fired);
        assertEquals(Lookup.ABSENT, stored("a"));
    }

    /// It believes that it owns the shard, and is refused.
    @Test
    void anInstanceThatStoodStillFiresNothingOfItsSuccessors() {
        Program one = new Program("one");
        pass(TICK, one);
        Program two = new Program("two");
        pass(TICK, one, two);
        pass(TAKEOVER, two);
        two.schedule("a", nowMillis - START_MILLIS);
        pass(TICK, one);
        pass(Duration.ofSeconds(1), one, two);
        assertEquals(List.of("two a act"), fired);
    }

    /// More is scheduled than the engine's log of changes keeps.
    @Test
    void nothingIsForgottenWhenTheCursorLosesItsPlace() {
        Program one = new Program("one");
        pass(TICK, one);
        for (int i = 0; i < 10 * CHANGES_KEPT; i++) {
            put("k" + i % 7, "v");
        }
        one.schedule("a", 100);
        for (int i = 0; i < 10 * CHANGES_KEPT; i++) {
            put("k" + i % 7, "v");
        }
        pass(Duration.ofSeconds(1), one);
        assertEquals(List.of("one a act"), fired);
    }
}
