package org.edgeplex.dataplane.io.linux;

import java.lang.foreign.Arena;
import org.edgeplex.dataplane.packet.Memory;

/// Sleeps in poll(2) until one of some descriptors is readable. Used by one thread.
///
/// A descriptor in error (its interface went down or away) would make every poll return at once;
/// its error is read and it rests for a while, so that the sleeper neither spins nor goes deaf.
public final class Poller {
    private static final int ENTRY_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int RETURNED_EVENTS = 6;
    private static final int POLLIN = 1;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;

    /// How long a poll lasts at most while a descriptor is in error.
    private static final long ERROR_REST_NANOS = 20_000_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int[] descriptors;
    private final long entries;
    private final long timeout;
    private final long socketError;
    private final long socketErrorBytes;
    private boolean resting;

    public Poller(Arena arena, int... descriptors) {
        this.descriptors = descriptors.clone();
        entries = arena.allocate((long) descriptors.length * ENTRY_BYTES, ENTRY_BYTES).address();
        timeout = arena.allocate(2 * Long.BYTES, Long.BYTES).address();
        socketError = arena.allocate(Integer.BYTES, Integer.BYTES).address();
        socketErrorBytes = arena.allocate(Integer.BYTES, Integer.BYTES).address();
        for (int i = 0; i < descriptors.length; i++) {
            listen(i, true);
            Memory.putInt(entry(i) + EVENTS, POLLIN);
        }
    }

    /// Returns when a descriptor is readable or the time is over.
    public void await(long timeoutNanos) {
        long nanos = resting ? Math.min(timeoutNanos, ERROR_REST_NANOS) : timeoutNanos;
        Memory.putLong(timeout, nanos / NANOS_PER_SECOND);
        Memory.putLong(timeout + Long.BYTES, nanos % NANOS_PER_SECOND);
        int ready = Libc.poll(entries, descriptors.length, timeout);
        boolean inError = false;
        for (int i = 0; i < descriptors.length && ready > 0; i++) {
            int events = Memory.getShort(entry(i) + RETURNED_EVENTS);
            boolean failed = (events & ~POLLIN) != 0;
            listen(i, !failed);
            inError |= failed;
            if (failed) {
                clearError(descriptors[i]);
            }
        }
        if (resting && !inError) {
            for (int i = 0; i < descriptors.length; i++) {
                listen(i, true);
            }
        }
        resting = inError;
    }

    /// True if the last [#await] found the descriptor readable.
    public boolean isReadable(int index) {
        return (Memory.getShort(entry(index) + RETURNED_EVENTS) & POLLIN) != 0;
    }

    /// poll(2) ignores an entry with a negative descriptor.
    private void listen(int index, boolean on) {
        Memory.putInt(entry(index), on ? descriptors[index] : -1);
    }

    private void clearError(int descriptor) {
        Memory.putInt(socketErrorBytes, Integer.BYTES);
        Libc.getsockopt(descriptor, SOL_SOCKET, SO_ERROR, socketError, socketErrorBytes);
    }

    private long entry(int index) {
        return entries + (long) index * ENTRY_BYTES;
    }
}
