package org.edgeplex.state.ramcloud.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.edgeplex.state.ramcloud.wire.Requests.LinearId;
import org.jspecify.annotations.Nullable;

/// The operations of one kind for one server. A few requests are on the way; what comes meanwhile
/// waits, and goes together.
final class Lane {
    /// One that the server works on, and one that it finds when it is done.
    private static final int IN_FLIGHT_MAX = 2;

    static final int ITEMS_MAX = 1_000;
    static final int BYTES_MAX = 1 << 20;

    private final Kind kind;
    private final Server server;
    private final Retries retries;
    private final Linear linear;
    private final Queue<Part> waiting = new ArrayDeque<>();
    private int inFlight;

    Lane(Kind kind, Server server, Retries retries, Linear linear) {
        this.kind = kind;
        this.server = server;
        this.retries = retries;
        this.linear = linear;
    }

    void submit(Part part) {
        synchronized (this) {
            waiting.add(part);
        }
        sendWaiting();
    }

    /// A request of this lane has its answer, or never will.
    void finished() {
        synchronized (this) {
            inFlight--;
        }
        sendWaiting();
    }

    private void sendWaiting() {
        while (true) {
            Batch batch;
            synchronized (this) {
                if (inFlight == IN_FLIGHT_MAX) {
                    return;
                }
                batch = take();
                if (batch == null) {
                    return;
                }
                inFlight++;
                if (server.send(batch)) {
                    continue;
                }
            }
            batch.unsent("the connection was lost");
        }
    }

    private @Nullable Batch take() {
        List<Part> parts = new ArrayList<>();
        int items = 0;
        int bytes = 0;
        for (Part next = waiting.peek(); next != null; next = waiting.peek()) {
            boolean alone = kind.isAlone() || next.linear != null;
            boolean fits =
                    items == 0
                            || !alone
                                    && items + next.indices.length <= ITEMS_MAX
                                    && bytes + next.bytes <= BYTES_MAX;
            if (!fits) {
                break;
            }
            waiting.remove();
            if (!ready(next)) {
                continue;
            }
            parts.add(next);
            items += next.indices.length;
            bytes += next.bytes;
            if (alone) {
                break;
            }
        }
        if (parts.isEmpty()) {
            return null;
        }
        if (kind.linear && items == 1 && !number(parts.getFirst())) {
            return take();
        }
        return new Batch(kind, parts, items, this, server, retries);
    }

    /// What became of a lone operation under a lease that is over is not known any more. To write
    /// once more is allowed; to add once more is not.
    private boolean ready(Part part) {
        if (part.call.isDone()) {
            retries.forget(part);
            return false;
        }
        LinearId id = part.linear;
        if (id == null || linear.isOf(id)) {
            return true;
        }
        retries.forget(part);
        part.repeated |= part.maybeDone;
        if (kind == Kind.INCREMENT && part.maybeDone) {
            part.call.endUnanswered("the client's lease ended before the answer came");
            return false;
        }
        return true;
    }

    /// Gives a lone operation its number. Without a lease a write goes without; an increment waits.
    private boolean number(Part part) {
        if (part.linear != null) {
            return true;
        }
        part.linear = linear.next();
        if (part.linear == null && kind == Kind.INCREMENT) {
            part.call.trouble("waiting for a client lease from the coordinator");
            retries.again(part, Verdict.RETRY, 0);
            return false;
        }
        return true;
    }
}
