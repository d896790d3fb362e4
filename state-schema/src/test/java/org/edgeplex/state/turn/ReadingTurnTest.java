package org.edgeplex.state.turn;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Answers that come at once, late or never, with callers who wait and others who do not.
@Timeout(60)
class ReadingTurnTest {
    private static final int SERIES = 200;

    private final ReadingTurn turn = new ReadingTurn();
    private final Server server = new Server();
    private final CompletableFuture<IOException> ended = new CompletableFuture<>();
    private final Thread owner = Thread.ofPlatform().daemon().start(this::serve);

    private void serve() {
        try {
            turn.serve(server);
        } catch (IOException e) {
            ended.complete(e);
        }
    }

    @AfterEach
    void ends() throws Exception {
        server.arrived.add(new Item(null, 0));
        assertTrue(owner.join(Duration.ofSeconds(30)));
        assertEquals("the end", ended.join().getMessage());
    }

    @Test
    void aCallerWhoWaitsTimeAndAgainReadsHimself() {
        for (int i = 0; i < SERIES || !server.readers.contains(Thread.currentThread()); i++) {
            assertEquals(i, called(i).join());
        }
    }

    @Test
    void whatIsMadeOfAnAnswerIsWaitedForAlike() throws Exception {
        for (int i = 0; i < SERIES || !server.readers.contains(Thread.currentThread()); i++) {
            CompletableFuture<Integer> twice = called(i).thenApply(n -> 2 * n);
            assertEquals(2 * i, twice.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void anAnswerThatNobodyWaitsForComesAllTheSame() throws Exception {
        for (int round = 0; round < 20; round++) {
            series();
            CountDownLatch came = new CountDownLatch(3);
            for (int i = 0; i < 3; i++) {
                var _ = called(i).thenAccept(_ -> came.countDown());
            }
            assertTrue(came.await(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void aCallerWhoReadsRunsNothingOfOthers() {
        series();
        Awaited<Integer> mine = turn.newAnswer();
        Awaited<Integer> other = turn.newAnswer();
        CompletableFuture<Thread> told = other.thenApply(_ -> Thread.currentThread());
        server.owed.addAndGet(2);
        server.arrived.add(new Item(other, 1));
        server.arrived.add(new Item(mine, 2));
        assertEquals(2, mine.join());
        assertEquals(owner, told.join());
    }

    @Test
    void aWaitEndsAtItsTime() throws Exception {
        series();
        Awaited<Integer> never = turn.newAnswer();
        server.owed.incrementAndGet();
        assertThrows(TimeoutException.class, () -> never.get(20, TimeUnit.MILLISECONDS));
        server.arrived.add(new Item(never, 5));
        assertEquals(5, never.get());
    }

    @Test
    void aDeadlineThatAnotherThreadKeepsEndsTheWait() {
        series();
        Awaited<Integer> never = turn.newAnswer();
        server.owed.incrementAndGet();
        var _ = never.completeOnTimeout(-1, 20, TimeUnit.MILLISECONDS);
        assertEquals(-1, never.join());
        server.owed.decrementAndGet();
    }

    @Test
    void anInterruptionEndsTheWaitAndNotTheReading() throws Exception {
        series();
        Awaited<Integer> late = turn.newAnswer();
        server.owed.incrementAndGet();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, late::get);
        server.arrived.add(new Item(late, 7));
        assertEquals(7, late.get());
    }

    @Test
    void whatAVirtualThreadWaitsForEndsASeries() throws Exception {
        series();
        Thread waiting =
                Thread.ofVirtual()
                        .start(() -> {
                            for (int i = 0; i < SERIES; i++) {
                                called(i).join();
                            }
                        });
        assertTrue(waiting.join(Duration.ofSeconds(30)));
        server.readers.clear();
        assertEquals(1, called(1).join());
        assertFalse(server.readers.contains(Thread.currentThread()));
    }

    @Test
    void whatIsTheOwnersToDoIsDoneWhileACallerReads() {
        series();
        Awaited<Integer> late = turn.newAnswer();
        server.owed.incrementAndGet();
        Thread calling =
                Thread.ofPlatform()
                        .start(() -> {
                            server.arrivesWhenDone.set(new Item(late, 7));
                            server.ownersToDo.set(true);
                            turn.callOwner();
                        });
        assertEquals(7, late.join());
        assertEquals(owner, server.doneBy.get());
        assertDoesNotThrow(() -> calling.join());
    }

    @Test
    void manyCallersGetTheirAnswers() throws Exception {
        List<Thread> callers = new ArrayList<>();
        AtomicInteger right = new AtomicInteger();
        for (int c = 0; c < 4; c++) {
            callers.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < 2_000; i++) {
                                    right.addAndGet(called(i).join() == i ? 1 : 0);
                                }
                            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(8_000, right.get());
    }

    @Test
    void theSourcesEndWhileACallerReadsIsTheOwnersToTell() {
        series();
        Awaited<Integer> never = turn.newAnswer();
        server.owed.incrementAndGet();
        server.arrived.add(new Item(null, 0));
        var _ = ended.thenAccept(_ -> never.complete(9));
        assertEquals(9, never.join());
    }

    /// So many that callers may read.
    private void series() {
        for (int i = 0; i < SERIES; i++) {
            assertEquals(i, called(i).join());
        }
    }

    private Awaited<Integer> called(int number) {
        Awaited<Integer> answer = turn.newAnswer();
        server.owed.incrementAndGet();
        server.arrived.add(new Item(answer, number));
        return answer;
    }

    private record Item(@Nullable Awaited<Integer> to, int value) {}

    /// Brings what was put in; an item for nobody is its end.
    private final class Server implements ReadingTurn.Source {
        final BlockingQueue<Item> arrived = new LinkedBlockingQueue<>();
        final AtomicInteger owed = new AtomicInteger();
        final Set<Thread> readers = ConcurrentHashMap.newKeySet();
        final AtomicBoolean ownersToDo = new AtomicBoolean();
        final AtomicReference<@Nullable Item> arrivesWhenDone = new AtomicReference<>();
        final AtomicReference<@Nullable Thread> doneBy = new AtomicReference<>();
        private final Item nothing = new Item(null, -1);

        @Override
        public void read(long nanosMax) throws IOException {
            Thread thread = Thread.currentThread();
            readers.add(thread);
            if (thread.equals(owner) && ownersToDo.getAndSet(false)) {
                doneBy.set(thread);
                arrived.add(Objects.requireNonNull(arrivesWhenDone.get()));
            }
            Item item;
            try {
                item = arrived.poll(nanosMax, TimeUnit.NANOSECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
            if (item == null || item.equals(nothing)) {
                return;
            }
            Awaited<Integer> to = item.to;
            if (to == null) {
                throw new IOException("the end");
            }
            owed.decrementAndGet();
            turn.complete(to, () -> to.complete(item.value));
        }

        @Override
        public void wakeUp() {
            arrived.add(nothing);
        }

        @Override
        public boolean mustBeRead() {
            return owed.get() > 0;
        }

        @Override
        public boolean needsOwner() {
            return ownersToDo.get();
        }
    }
}
