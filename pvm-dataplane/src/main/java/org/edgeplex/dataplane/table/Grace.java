package org.edgeplex.dataplane.table;

import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.VarHandle;
import org.edgeplex.dataplane.packet.Memory;

/// Tells a writer when no reader can still see what it has unlinked, so that the memory may be used
/// again (quiescent-state-based reclamation).
///
/// A reader says between bursts that it holds nothing ([#pass]). The writer numbers what it unlinks
/// ([#unlinked]); a number is over when each reader has passed since. A table whose only reader is
/// its writer needs no readers here: everything is over at once.
public final class Grace {
    private static final int LINE_BYTES = 64;

    /// A resting reader is behind no number.
    private static final long RESTING = Long.MAX_VALUE;

    private final long now;
    private final int readersMax;
    private int readers;

    public Grace(SegmentAllocator memory, int readersMax) {
        now = memory.allocate((1L + readersMax) * LINE_BYTES, LINE_BYTES).address();
        this.readersMax = readersMax;
    }

    /// The number of a new reader, which rests. Before the threads start.
    public int join() {
        if (readers == readersMax) {
            throw new IllegalStateException("more than " + readersMax + " readers");
        }
        int reader = readers++;
        rest(reader);
        return reader;
    }

    /// The reader holds nothing and goes on reading.
    public void pass(int reader) {
        Memory.putLongRelease(line(reader), Memory.getLongAcquire(now));
    }

    /// The reader holds nothing and reads nothing until it resumes: before it sleeps.
    public void rest(int reader) {
        Memory.putLongRelease(line(reader), RESTING);
    }

    /// The reader reads again: the writer must know before the first lookup.
    public void resume(int reader) {
        pass(reader);
        VarHandle.fullFence();
    }

    /// The writer has unlinked something: from when [#isOver] this number, nobody sees it.
    long unlinked() {
        long number = Memory.getLong(now) + 1;
        Memory.putLongRelease(now, number);
        VarHandle.fullFence();
        return number;
    }

    boolean isOver(long number) {
        for (int reader = 0; reader < readers; reader++) {
            if (Memory.getLongAcquire(line(reader)) < number) {
                return false;
            }
        }
        return true;
    }

    private long line(int reader) {
        return now + (1L + reader) * LINE_BYTES;
    }
}
