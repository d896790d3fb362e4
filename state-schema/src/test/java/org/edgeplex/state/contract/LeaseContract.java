package org.edgeplex.state.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.client.FencedException;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.ManualLoop;
import org.edgeplex.state.client.Ownership;
import org.edgeplex.state.client.State;
import org.junit.jupiter.api.Test;

/// Lives over several clients of one engine: claims, fencing, take-over.
public abstract class LeaseContract extends EngineContract {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int CLAIMERS = 4;

    @Test
    void everyClaimHasAnEpochOfItsOwn() throws Exception {
        int each = 25;
        Set<Long> epochs = ConcurrentHashMap.newKeySet();
        inParallel(claimer -> {
            Leases leases = new Leases(new State(store(), TIMEOUT));
            for (int i = 0; i < each; i++) {
                epochs.add(leases.claim("h", "claimer " + claimer).epoch());
            }
            return true;
        });
        assertEquals(CLAIMERS * each, epochs.size());
        assertEquals(
                (long) CLAIMERS * each,
                new Leases(new State(store(), TIMEOUT)).read("h").orElseThrow().epoch());
    }

    /// Each claims and then creates an object of its epoch; when it is fenced in between, the store
    /// must refuse. So objects appear in the order of the epochs.
    @Test
    void writesHappenInTheOrderOfTheEpochs() throws Exception {
        inParallel(claimer -> {
            Leases leases = new Leases(new State(store(), TIMEOUT));
            for (int i = 0; i < 25; i++) {
                Incarnation life = leases.claim("h", "claimer " + claimer);
                for (int j = 0; j < 3; j++) {
                    write(putting("last", "" + life.epoch(), Expect.ANY, life));
                    write(putting("of " + life.epoch(), "v", Expect.ABSENT, life));
                }
            }
            return true;
        });
        long highest = new Leases(new State(store(), TIMEOUT)).read("h").orElseThrow().epoch();
        Incarnation late = new Incarnation("h", highest - 1);
        assertEquals(
                new WriteOutcome.Fenced(highest), write(putting("late", "v", Expect.ANY, late)));
    }

    @Test
    void aFencedHeartStopsAndItsSuccessorsGoesOn() {
        Leases leases = new Leases(new State(store(), TIMEOUT));
        Incarnation first = leases.claim("h", "first");
        Incarnation second = leases.claim("h", "second");
        boolean stopped = false;
        try {
            leases.heartbeat(first);
        } catch (FencedException e) {
            stopped = true;
        }
        assertTrue(stopped);
        leases.heartbeat(second);
        assertEquals(1, leases.read("h").orElseThrow().heartbeat());
    }

    @Test
    void oneOfSeveralOwnsAndASilentOneIsFollowed() {
        SettlingStore watched = new SettlingStore(store());
        ManualLoop one = new ManualLoop();
        ManualLoop two = new ManualLoop();
        List<String> events = new ArrayList<>();
        Ownership first = candidate(watched, one, "one", events);
        watched.pass(one, INTERVAL);
        Ownership second = candidate(watched, two, "two", events);
        for (int i = 0; i < 10; i++) {
            watched.pass(two, INTERVAL);
            watched.pass(one, INTERVAL);
        }
        assertEquals(List.of("one gained 1"), events);
        // The first stands still.
        for (int i = 0; i < 2 * Ownership.SILENT_INTERVALS; i++) {
            watched.pass(two, INTERVAL);
        }
        assertEquals(List.of("one gained 1", "two gained 2"), events);
        watched.pass(one, INTERVAL);
        watched.pass(one, INTERVAL);
        assertEquals(List.of("one gained 1", "two gained 2", "one lost"), events);
        second.close();
        watched.pass(two, INTERVAL);
        watched.pass(one, INTERVAL);
        watched.pass(one, INTERVAL);
        assertEquals("one gained 3", events.getLast());
        first.close();
        watched.pass(one, INTERVAL);
    }

    private static Ownership candidate(
            StateStore store, ManualLoop loop, String name, List<String> events) {
        return new Ownership(
                store,
                loop,
                "work",
                name,
                INTERVAL,
                new Ownership.Listener() {
                    @Override
                    public void gained(Incarnation life) {
                        events.add(name + " gained " + life.epoch());
                    }

                    @Override
                    public void lost() {
                        events.add(name + " lost");
                    }
                });
    }

    private interface Work {
        boolean of(int claimer) throws Exception;
    }

    private static void inParallel(Work work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < CLAIMERS; i++) {
                int claimer = i;
                Callable<Boolean> one = () -> work.of(claimer);
                running.add(threads.submit(one));
            }
            for (Future<Boolean> one : running) {
                assertTrue(one.get());
            }
        }
    }
}
