package org.edgeplex.lab.simulation;

import java.util.concurrent.locks.LockSupport;

/// Code that may block, as a part of a simulation: it runs only inside [#resume], and there until
/// it pauses or ends. The thread below it never runs at the same time as the one that resumes it.
final class Strand {
    private final Thread thread;
    private volatile Thread resumer = Thread.currentThread();
    private volatile boolean isRunning;
    private volatile boolean isEnded;
    private volatile boolean isKilled;

    /// Unwinds a strand that was killed. Not an exception, lest the code of a process catches it.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    Strand(Runnable body) {
        thread = Thread.ofVirtual().unstarted(() -> run(body));
    }

    private void run(Runnable body) {
        try {
            body.run();
        } catch (Killed end) {
            // As intended.
        } finally {
            isEnded = true;
            isRunning = false;
            LockSupport.unpark(resumer);
        }
    }

    /// Lets it run until it pauses or ends.
    void resume() {
        if (isEnded) {
            return;
        }
        resumer = Thread.currentThread();
        isRunning = true;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
        while (isRunning) {
            LockSupport.park(this);
        }
    }

    /// Called on the strand: gives way until it is resumed.
    void pause() {
        checkAlive();
        isRunning = false;
        LockSupport.unpark(resumer);
        while (!isRunning) {
            LockSupport.park(this);
        }
        checkAlive();
    }

    /// Ends it where it has paused, or before it began.
    void kill() {
        isKilled = true;
        if (thread.getState() == Thread.State.NEW) {
            isEnded = true;
        }
        resume();
    }

    boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }

    private void checkAlive() {
        if (isKilled) {
            throw new Killed();
        }
    }
}
