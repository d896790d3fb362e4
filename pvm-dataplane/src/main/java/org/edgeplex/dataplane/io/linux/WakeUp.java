package org.edgeplex.dataplane.io.linux;

import java.lang.foreign.Arena;
import org.edgeplex.dataplane.packet.Memory;

/// An eventfd by which any thread wakes the one that sleeps in a [Poller].
public final class WakeUp implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final long one = arena.allocate(Long.BYTES, Long.BYTES).address();
    private final long count = arena.allocate(Long.BYTES, Long.BYTES).address();
    private final int descriptor = Libc.eventDescriptor();

    public WakeUp() {
        Memory.putLong(one, 1);
    }

    public int descriptor() {
        return descriptor;
    }

    /// Wakes the sleeper now or, if it is awake, before its next sleep.
    public void signal() {
        Libc.write(descriptor, one, Long.BYTES); // refused only when 2^64 signals wait
    }

    /// Forgets the signals so far; for the sleeper after it has woken.
    public void clear() {
        Libc.read(descriptor, count, Long.BYTES);
    }

    @Override
    public void close() {
        Libc.close(descriptor);
        arena.close();
    }
}
