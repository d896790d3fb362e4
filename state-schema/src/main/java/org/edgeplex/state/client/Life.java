package org.edgeplex.state.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.edgeplex.state.Incarnation;

/// One life of a program: its lease claimed, its heart beating until it is closed or fenced.
///
/// A store that is slow ends no life: nobody can take over meanwhile, for that needs the store as
/// well. Only one that does not answer for [#PATIENCE] does.
public final class Life implements AutoCloseable {
    /// Who watches suspects a holder that has been silent for several of these.
    public static final Duration HEARTBEAT_INTERVAL = Duration.ofMillis(200);

    /// How long a program goes on without an answer of the store, where it can.
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Leases leases;
    private final Incarnation incarnation;
    private final StateWriter writer;
    private final Consumer<RuntimeException> onEnd;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Life(
            State state, Leases leases, Incarnation incarnation, Consumer<RuntimeException> onEnd) {
        this.leases = leases;
        this.incarnation = incarnation;
        this.writer = state.as(incarnation);
        this.onEnd = onEnd;
    }

    /// Claims the holder's lease: an earlier life of it can write no more when this returns.
    ///
    /// @param onEnd told once, on a thread of its own, why the life ended by itself: a
    ///   [FencedException] or the store's failure. The program must end then.
    public static Life begin(
            State state, String holder, String owner, Consumer<RuntimeException> onEnd) {
        Leases leases = new Leases(state);
        Life life = new Life(state, leases, leases.claim(holder, owner), onEnd);
        // A thread of the system's: virtual ones that all work would keep this one waiting.
        Thread.ofPlatform().daemon().name("heartbeat " + holder).start(life::beat);
        return life;
    }

    public Incarnation incarnation() {
        return incarnation;
    }

    /// All writes of the program go through this.
    public StateWriter writer() {
        return writer;
    }

    /// Stops the heart. The lease stays, so that the next life gets a higher epoch.
    @Override
    public void close() {
        closed.countDown();
    }

    private void beat() {
        try {
            Patience patience = new Patience(PATIENCE);
            while (!closed.await(HEARTBEAT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                patience.attempt(() -> leases.heartbeat(incarnation));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            onEnd.accept(e);
        }
    }
}
