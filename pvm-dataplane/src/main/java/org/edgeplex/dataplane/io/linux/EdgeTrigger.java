package org.edgeplex.dataplane.io.linux;

import java.lang.foreign.Arena;
import org.edgeplex.dataplane.packet.Memory;

/// Makes a descriptor that stays readable until its owner reads it into one that is readable once
/// for each event, by epoll(7): for those that belong to a driver.
public final class EdgeTrigger implements AutoCloseable {
    private static final int EVENT_BYTES = 16;
    private static final int EPOLLIN = 1;
    private static final int EPOLLET = 1 << 31;

    private final Arena arena = Arena.ofShared();
    private final long event = arena.allocate(EVENT_BYTES, Long.BYTES).address();
    private final int descriptor = Libc.epollDescriptor();

    public EdgeTrigger(int heard) {
        Memory.putInt(event, EPOLLIN | EPOLLET);
        Libc.epollAdd(descriptor, heard, event);
    }

    /// Readable when there was an event since the last [#clear].
    public int descriptor() {
        return descriptor;
    }

    /// Forgets the events so far.
    public void clear() {
        Libc.epollTake(descriptor, event);
    }

    @Override
    public void close() {
        Libc.close(descriptor);
        arena.close();
    }
}
