package org.edgeplex.dataplane.interleaving;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Which of the two goes on for how many steps: stores of the writer, loads of the reader, the
/// writer first. After the last part the reader ends, and then the writer.
final class Schedule {
    private static final int WRITER = 0;
    private static final int READER = 1;

    private final int[] parts;
    private final Semaphore[] turns = {new Semaphore(0), new Semaphore(0)};
    private final Thread[] threads = new Thread[2];
    private final boolean[] isOver = new boolean[2];
    private final int[] steps = new int[2];
    private int part;
    private int left;
    private volatile @Nullable Throwable failure;

    Schedule(int... parts) {
        this.parts = parts;
    }

    /// How many stores the writer made, and loads the reader.
    record Counts(int stores, int loads) {}

    /// Runs both to their ends, one at a time.
    Counts run(Scenario scenario) throws InterruptedException {
        threads[WRITER] = Thread.ofVirtual().unstarted(() -> run(WRITER, scenario::write));
        threads[READER] = Thread.ofVirtual().unstarted(() -> run(READER, scenario::read));
        left = parts[0];
        Steps.follow(this);
        try {
            turns[WRITER].release();
            for (Thread thread : threads) {
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            Steps.follow(null);
        }
        Throwable cause = failure;
        if (cause != null) {
            throw new AssertionError(this + ": " + cause.getMessage(), cause);
        }
        return new Counts(steps[WRITER], steps[READER]);
    }

    private void run(int who, Runnable work) {
        turns[who].acquireUninterruptibly();
        try {
            work.run();
        } catch (RuntimeException | AssertionError e) {
            failure = e;
        }
        isOver[who] = true;
        turns[1 - who].release();
    }

    /// Of whoever has the turn; others than the two are not scheduled.
    void step(boolean isStore) {
        Thread current = Thread.currentThread();
        int who = current.equals(threads[WRITER]) ? WRITER : READER;
        if (current.equals(threads[who]) && isStore == (who == WRITER)) {
            while (left == 0 && !isOver[1 - who]) {
                part++;
                left = part < parts.length ? parts[part] : part % 2 == READER ? -1 : 0;
                turns[1 - who].release();
                turns[who].acquireUninterruptibly();
            }
            left--;
            steps[who]++;
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            text.append(i % 2 == WRITER ? "writer " : "reader ").append(parts[i]).append(", ");
        }
        return text.append("reader to its end").toString();
    }
}
