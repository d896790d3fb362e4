package org.edgeplex.lab.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.client.State;
import org.edgeplex.state.history.RecordingStore;

/// One life of a process: its thread, its store, its luck. It may stall, as under SIGSTOP, and be
/// killed at any moment at which it waits.
final class SimProcess {
    static final Duration TIMEOUT = Duration.ofMillis(100);

    private final World world;
    private final String name;
    private final int life;
    private final SplittableRandom random;
    private final Strand strand;
    private final StateStore answering;
    private final StateStore store;
    private final List<Runnable> whileStalled = new ArrayList<>();
    private boolean isAlive = true;
    private boolean isStalled;

    SimProcess(
            World world,
            String name,
            int life,
            SplittableRandom random,
            Consumer<SimProcess> body) {
        this.world = world;
        this.name = name;
        this.life = life;
        this.random = random;
        this.strand = new Strand(() -> body.accept(this));
        this.answering = new RecordingStore(world.connect(this), world.history(), toString());
        this.store = new AwaitedStore(answering, this);
    }

    World world() {
        return world;
    }

    String name() {
        return name;
    }

    StateStore store() {
        return store;
    }

    /// The same store, for code in callbacks: answers come when they come.
    StateStore answeringStore() {
        return answering;
    }

    State state() {
        return new State(store, TIMEOUT);
    }

    SplittableRandom random() {
        return random;
    }

    boolean isAlive() {
        return isAlive;
    }

    long nowMillis() {
        return world.nowMillis();
    }

    /// Its work goes on: without this, once faults are over, it is taken to hang.
    void progress() {
        world.progress(name);
    }

    /// Called by what it does: waits until the future is done.
    <T> CompletableFuture<T> await(CompletableFuture<T> future) {
        if (!future.isDone()) {
            CompletableFuture<T> _ = future.whenComplete((_, _) -> execute(strand::resume));
            do {
                strand.pause();
            } while (!future.isDone());
        }
        return future;
    }

    void sleep(int millis) {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        loop().schedule(Duration.ofMillis(millis), () -> over.complete(true));
        await(over).join();
    }

    void start() {
        execute(strand::resume);
    }

    void kill() {
        isAlive = false;
        whileStalled.clear();
        if (!strand.isCurrent()) {
            strand.kill();
        }
    }

    void stall(Duration duration) {
        isStalled = true;
        world.loop().schedule(duration, this::wake);
    }

    private void wake() {
        isStalled = false;
        List<Runnable> waiting = List.copyOf(whileStalled);
        whileStalled.clear();
        waiting.forEach(this::execute);
    }

    /// Runs a task in this process, when it can.
    void execute(Runnable task) {
        world.loop().execute(() -> run(task));
    }

    private void run(Runnable task) {
        if (!isAlive) {
            return;
        }
        if (isStalled) {
            whileStalled.add(task);
        } else {
            task.run();
        }
    }

    /// Time as it has it: dead with it, and still while it is stalled. Its tasks must not wait; a
    /// [StrandLoop]'s may.
    EventLoop loop() {
        return new EventLoop() {
            @Override
            public long nowNanos() {
                return world.loop().nowNanos();
            }

            @Override
            public void execute(Runnable task) {
                SimProcess.this.execute(task);
            }

            @Override
            public Timer schedule(Duration delay, Runnable task) {
                return world.loop().schedule(delay, () -> run(task));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String toString() {
        return name + "." + life;
    }
}
