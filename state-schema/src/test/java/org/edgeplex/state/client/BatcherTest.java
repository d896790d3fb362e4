package org.edgeplex.state.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.SystemEventLoop;
import org.edgeplex.state.TableId;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.memory.MemoryStateStore;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private static final TableId TABLE = new TableId(1_000, "batches");
    private static final TableId OTHER_TABLE = new TableId(1_001, "others");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration AGE_MAX = Duration.ofMillis(1);

    private final HeldStore store = new HeldStore();
    private final ManualLoop loop = new ManualLoop();
    private final List<String> answers = new ArrayList<>();
    private final Batcher batcher = batcher(new BatchLimits(10, 1_000, AGE_MAX, 2, 40));

    private Batcher batcher(BatchLimits limits) {
        return new Batcher(store, loop, limits);
    }

    @Test
    void aSingleOperationLeavesAtOnce() {
        assertTrue(get("a"));
        loop.run();
        assertEquals(1, store.answerOne().size());
        loop.run();
        assertEquals(List.of("a: absent"), answers);
    }

    @Test
    void atALowRateNothingWaitsForCompany() {
        get("a");
        loop.run();
        loop.advance(AGE_MAX.multipliedBy(50));
        get("b");
        loop.run();
        assertEquals(2, store.held.size(), "the second goes beside the first");
    }

    @Test
    void whatArrivesWhileABatchIsUnderWayGoesIntoTheNext() {
        Batcher one = batcher(new BatchLimits(10, 1_000, AGE_MAX, 1, 40));
        for (int i = 0; i < 8; i++) {
            one.tryGet(TABLE, Bytes.utf8("k" + i), TIMEOUT, reply("k" + i));
            loop.run();
        }
        assertEquals(1, store.answerOne().size());
        loop.run();
        assertEquals(7, store.answerOne().size());
        loop.run();
        assertEquals(8, answers.size());
        assertEquals(4.0, one.statistics().itemsPerBatch());
        assertEquals(7, one.statistics().deepest());
    }

    @Test
    void atAHighRateABatchIsAsDeepAsItMayBe() {
        for (int i = 0; i < 30; i++) {
            get("k" + i);
            loop.run();
        }
        // The rate shows only after some.
        assertEquals(List.of(1, 1), store.held.stream().map(HeldStore.Held::size).toList());
        assertEquals(10, batcher.statistics().depth());
        store.answerOne();
        loop.run();
        assertEquals(List.of(1, 10), store.held.stream().map(HeldStore.Held::size).toList());
    }

    @Test
    void noOperationWaitsLongerThanTheAge() {
        for (int i = 0; i < 30; i++) {
            get("k" + i);
            loop.run();
        }
        while (!store.held.isEmpty()) {
            store.answerOne();
            loop.run();
        }
        for (int i = 0; i < 5; i++) {
            get("late" + i);
            loop.run();
        }
        assertEquals(1, store.held.size(), "four wait for six more");
        loop.advance(AGE_MAX);
        assertEquals(List.of(1, 4), store.held.stream().map(HeldStore.Held::size).toList());
    }

    @Test
    void aBatchOfWritesHasNoMoreOctetsThanItMay() {
        put("first", "");
        loop.run();
        for (int i = 0; i < 4; i++) {
            put("k" + i, "v".repeat(400));
        }
        loop.advance(AGE_MAX);
        assertEquals(List.of(1, 2), store.held.stream().map(HeldStore.Held::size).toList());
    }

    @Test
    void operationsOnAKeyKeepTheirOrder() {
        put("first", "");
        loop.run();
        for (int i = 0; i < 3; i++) {
            put("k", "v" + i);
            get("k");
        }
        get("other");
        loop.advance(AGE_MAX);
        while (!store.held.isEmpty()) {
            store.answerOne();
            loop.advance(AGE_MAX);
        }
        assertEquals(
                List.of("k: v0", "k: v1", "k: v2"),
                answers.stream().filter(a -> a.startsWith("k: v")).toList());
        assertEquals(
                List.of("other: absent"),
                answers.stream().filter(a -> a.startsWith("other")).toList());
    }

    @Test
    void readsOfOneTableAndWritesOfAnyTravelTogether() {
        put("first", "");
        loop.run();
        get("a");
        put("x", "");
        batcher.tryGet(OTHER_TABLE, Bytes.utf8("b"), TIMEOUT, reply("b"));
        get("c");
        put("y", "");
        loop.advance(AGE_MAX);
        while (!store.held.isEmpty()) {
            HeldStore.Held held = store.answerOne();
            answers.add(held.what() + " " + held.size());
            loop.advance(AGE_MAX);
        }
        assertTrue(answers.containsAll(List.of("getAll batches 2", "getAll others 1", "write 2")));
    }

    @Test
    void overTheBoundItIsBusyUntilAnswersCome() {
        for (int i = 0; i < 40; i++) {
            assertTrue(get("k" + i));
        }
        assertFalse(get("one more"));
        assertFalse(put("and one", ""));
        loop.run();
        assertEquals(2, batcher.statistics().rejected());
        assertEquals(40, batcher.statistics().unanswered());
        store.answerOne();
        loop.run();
        assertTrue(get("now"));
        assertTrue(batcher.statistics().underWay() <= 2);
    }

    @Test
    void eachHasADeadlineOfItsOwn() {
        batcher.tryGet(TABLE, Bytes.utf8("long"), TIMEOUT, reply("long"));
        batcher.tryGet(TABLE, Bytes.utf8("short"), Duration.ofMillis(20), reply("short"));
        loop.advance(Duration.ofMillis(30));
        assertEquals(1, answers.size());
        assertTrue(answers.getFirst().startsWith("short: failed"), answers.toString());
        assertEquals(2, store.answerOne().size());
        loop.run();
        assertEquals(List.of("long: absent"), answers.subList(1, answers.size()));
        assertEquals(1, batcher.statistics().expired());
        assertEquals(0, batcher.statistics().unanswered());
    }

    @Test
    void whatWaitsForABatchExpiresToo() {
        Batcher one = batcher(new BatchLimits(10, 1_000, AGE_MAX, 1, 40));
        one.tryGet(TABLE, Bytes.utf8("a"), TIMEOUT, reply("a"));
        loop.run();
        one.tryWrite(putting("b", ""), Duration.ofMillis(50), writeReply("b"));
        one.tryWrite(putting("c", ""), Duration.ofMillis(20), writeReply("c"));
        loop.advance(Duration.ofMillis(60));
        assertEquals(List.of("c: unknown", "b: unknown"), answers);
        store.answerOne();
        loop.run();
        assertEquals(0, store.held.size(), "it is not sent any more");
        assertEquals(0, one.statistics().unanswered());
    }

    @Test
    void whatNoStoreTakesIsRefusedByItself() {
        assertThrows(StoreException.class, () -> get(""));
        assertTrue(get("a"));
        loop.run();
        store.answerOne();
        loop.run();
        assertEquals(List.of("a: absent"), answers);
    }

    @Test
    void aClosedOneTakesNoMoreAndAnswersWhatItHas() {
        get("a");
        batcher.close();
        assertThrows(StoreException.class, () -> get("b"));
        loop.run();
        store.answerOne();
        loop.run();
        assertEquals(List.of("a: absent"), answers);
    }

    /// On a real loop, threads that wait for room: everything is answered, and in order for a key.
    @Test
    void manyThreadsThatWaitForRoomAreAllServed() throws Exception {
        int threads = 4;
        int each = 2_000;
        CountDownLatch answered = new CountDownLatch(threads * each);
        try (var real = new SystemEventLoop("batcher-test");
                var memory = new MemoryStateStore();
                var small = new Batcher(memory, real, new BatchLimits(10, 1_000, AGE_MAX, 2, 20));
                var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String key = "of " + thread;
                running.add(
                        workers.submit(() -> {
                            for (int i = 0; i < each; i++) {
                                Write write = putting(key, "v" + i);
                                while (!small.tryWrite(write, TIMEOUT, counting(answered))) {
                                    small.awaitRoom(TIMEOUT);
                                }
                            }
                            return true;
                        }));
            }
            for (Future<Boolean> one : running) {
                assertTrue(one.get());
            }
            assertTrue(answered.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
            for (int thread = 0; thread < threads; thread++) {
                Lookup last = memory.get(TABLE, Bytes.utf8("of " + thread), TIMEOUT).join();
                assertEquals(
                        Bytes.utf8("v" + (each - 1)),
                        assertInstanceOf(Lookup.Found.class, last).value());
            }
            assertEquals((long) threads * each, small.statistics().items());
        }
    }

    private boolean get(String key) {
        return batcher.tryGet(TABLE, Bytes.utf8(key), TIMEOUT, reply(key));
    }

    private boolean put(String key, String value) {
        return batcher.tryWrite(putting(key, value), TIMEOUT, writeReply(key));
    }

    private static Write putting(String key, String value) {
        return new Write.Put(
                TABLE, Bytes.utf8(key), Bytes.utf8(value), Expect.ANY, Incarnation.UNFENCED);
    }

    private Reply<Lookup> reply(String key) {
        return new Reply<>() {
            @Override
            public void answered(Lookup lookup) {
                answers.add(
                        key
                                + ": "
                                + switch (lookup) {
                                    case Lookup.Absent() -> "absent";
                                    case Lookup.Found(Bytes value, _) ->
                                            new String(value.toArray(), StandardCharsets.UTF_8);
                                });
            }

            @Override
            public void failed(StoreException failure) {
                answers.add(key + ": failed: " + failure.getMessage());
            }
        };
    }

    private Reply<WriteOutcome> writeReply(String key) {
        return new Reply<>() {
            @Override
            public void answered(WriteOutcome outcome) {
                if (outcome instanceof WriteOutcome.Unknown) {
                    answers.add(key + ": unknown");
                }
            }

            @Override
            public void failed(StoreException failure) {
                answers.add(key + ": failed: " + failure.getMessage());
            }
        };
    }

    private static Reply<WriteOutcome> counting(CountDownLatch answered) {
        return new Reply<>() {
            @Override
            public void answered(WriteOutcome outcome) {
                answered.countDown();
            }

            @Override
            public void failed(StoreException failure) {}
        };
    }
}
