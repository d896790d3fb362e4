package org.edgeplex.state.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeplex.state.EngineRules;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.history.History;
import org.edgeplex.state.history.Linearizability;
import org.edgeplex.state.history.RecordingStore;
import org.edgeplex.state.history.Verdict;
import org.edgeplex.state.record.Lease;
import org.junit.jupiter.api.Test;

/// Several threads on one store: each object is linearizable, and conditions hold when it matters.
public abstract class ConcurrencyContract extends EngineContract {
    private static final int THREADS = 4;

    @Test
    void ofManyThatCreateAnObjectOneDoes() throws Exception {
        for (int round = 0; round < 50; round++) {
            String key = "k" + round;
            List<WriteOutcome> outcomes =
                    inParallel(() -> write(putting(key, "v", Expect.ABSENT, Incarnation.UNFENCED)));
            List<WriteOutcome> winners =
                    outcomes.stream().filter(o -> o instanceof WriteOutcome.Written).toList();
            assertEquals(1, winners.size());
            long version = written(winners.getFirst());
            for (WriteOutcome outcome : outcomes) {
                if (outcome instanceof WriteOutcome.Conflict(long current)) {
                    assertEquals(version, current);
                }
            }
        }
    }

    @Test
    void countersAreExact() throws Exception {
        int each = 300;
        inParallel(() -> {
            List<CompletableFuture<Long>> adds = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                adds.add(store().add(TABLE, bytes("n"), 1, TIMEOUT));
            }
            adds.forEach(EngineContract::await);
            return true;
        });
        assertEquals((long) THREADS * each, await(store().add(TABLE, bytes("n"), 0, TIMEOUT)));
    }

    @Test
    void readThenReplaceLosesNoUpdate() throws Exception {
        int each = 100;
        put("n", "\0\0\0\0\0\0\0\0");
        inParallel(() -> {
            for (int done = 0; done < each; ) {
                Lookup.Found seen = assertInstanceOf(Lookup.Found.class, get("n"));
                long next = EngineRules.counter(TABLE, bytes("n"), seen.value()) + 1;
                WriteOutcome outcome =
                        write(
                                new Write.Put(
                                        TABLE,
                                        bytes("n"),
                                        EngineRules.counter(next),
                                        new Expect.Version(seen.version()),
                                        Incarnation.UNFENCED));
                done += outcome instanceof WriteOutcome.Written ? 1 : 0;
            }
            return true;
        });
        Lookup.Found end = assertInstanceOf(Lookup.Found.class, get("n"));
        assertEquals((long) THREADS * each, EngineRules.counter(TABLE, bytes("n"), end.value()));
    }

    @Test
    void oneThreadsWritesAreDoneInItsOrder() throws Exception {
        inParallel(() -> {
            String key = "of " + Thread.currentThread().threadId();
            List<CompletableFuture<List<WriteOutcome>>> writes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                writes.add(
                        store().write(
                                        List.of(
                                                putting(
                                                        key,
                                                        "v" + i,
                                                        Expect.ANY,
                                                        Incarnation.UNFENCED)),
                                        TIMEOUT));
            }
            long before = 0;
            for (CompletableFuture<List<WriteOutcome>> write : writes) {
                before = written(await(write).getFirst());
            }
            assertEquals(new Lookup.Found(bytes("v199"), before), get(key));
            return true;
        });
    }

    /// When the claim of a new epoch has returned, no write of the old one happens.
    @Test
    void nothingOfAnIncarnationFollowsItsFencing() throws Exception {
        Incarnation first = claim("h", 1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> writing =
                    threads.submit(() -> {
                        int writes = 0;
                        while (write(putting("k", "v" + writes, Expect.ANY, first))
                                instanceof WriteOutcome.Written) {
                            writes++;
                        }
                        return writes;
                    });
            for (long version = 0; version == 0; version = versionOf("k")) {
                Thread.onSpinWait();
            }
            claim("h", 2);
            Lookup after = get("k");
            int writes = writing.get();
            assertEquals(
                    bytes("v" + (writes - 1)), assertInstanceOf(Lookup.Found.class, after).value());
            assertEquals(after, get("k"));
        }
    }

    /// Threads do what they like with a few objects, in two lives of a holder, and every answer
    /// must have an explanation.
    @Test
    void everyHistoryHasAnExplanation() throws Exception {
        AtomicInteger thread = new AtomicInteger();
        for (int round = 0; round < 5; round++) {
            History history = new History();
            claim(history, round, 1);
            String keys = "round " + round + " key ";
            int seed = round;
            inParallel(() -> {
                int number = thread.getAndIncrement() % THREADS;
                RecordingStore store = new RecordingStore(store(), history, "thread " + number);
                HistoryMaker maker =
                        new HistoryMaker(store, keys, new SplittableRandom(seed * 31L + number));
                for (int i = 0; i < 60; i++) {
                    if (number == 0 && i == 30) {
                        claim(history, seed, 2);
                    }
                    maker.step(new Incarnation("holder " + seed, number % 2 + 1));
                }
                return true;
            });
            assertEquals(new Verdict.Linearizable(), Linearizability.check(history.operations()));
        }
    }

    private void claim(History history, int round, long epoch) {
        Write claim =
                Tables.LEASES.put(
                        "holder " + round,
                        new Lease(epoch, 0, "test"),
                        Expect.ANY,
                        Incarnation.UNFENCED);
        RecordingStore store = new RecordingStore(store(), history, "claimer");
        written(await(store.write(List.of(claim), TIMEOUT)).getFirst());
    }

    private static <T> List<T> inParallel(Callable<T> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }
}
