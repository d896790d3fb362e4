package org.edgeplex.state.ramcloud.wire;

import java.time.Duration;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.ramcloud.Status;
import org.edgeplex.state.ramcloud.wire.Requests.LinearId;
import org.jspecify.annotations.Nullable;

/// The client's lease and the numbers under it. The lease is asked for when the first number is
/// wanted, renewed at half of its term while numbers are wanted, and replaced when it ended.
final class Linear {
    private static final Duration TRY_AGAIN = Duration.ofMillis(100);

    /// A lease is not used in the last part of its term: the clocks may differ.
    private static final int DANGER_PARTS = 30;

    private final EventLoop loop;
    private final Coordinator coordinator;
    private final RpcIds ids = new RpcIds();
    private volatile @Nullable Held held;

    /// Of the loop.
    private boolean asking;

    private record Held(ClientLease lease, long renewNanos, long endNanos) {}

    Linear(EventLoop loop, Coordinator coordinator) {
        this.loop = loop;
        this.coordinator = coordinator;
    }

    /// A new number, or null: there is no lease now, or too many numbers are on the way.
    @Nullable LinearId next() {
        Held current = held;
        long now = loop.nowNanos();
        if (current == null || now - current.renewNanos >= 0) {
            loop.execute(this::ask);
        }
        if (current == null || now - current.endNanos >= 0) {
            return null;
        }
        long rpcId = ids.next();
        return rpcId == 0 ? null : new LinearId(current.lease, rpcId, ids.acknowledged());
    }

    /// Whether the number was given under the lease of now.
    boolean isOf(LinearId id) {
        Held current = held;
        return current != null && current.lease.id() == id.lease().id();
    }

    void finished(LinearId id) {
        ids.finished(id.rpcId());
    }

    /// A server said that this lease is over.
    void ended(LinearId id) {
        loop.execute(() -> {
            if (isOf(id)) {
                held = null;
            }
            ask();
        });
    }

    private void ask() {
        if (asking) {
            return;
        }
        Held current = held;
        long askedNanos = loop.nowNanos();
        if (current != null && askedNanos - current.renewNanos < 0) {
            return;
        }
        asking = true;
        long leaseId = current == null ? 0 : current.lease.id();
        coordinator.ask(
                out -> Requests.renewLease(out, leaseId),
                (status, reply) -> {
                    if (status == Status.OK) {
                        hold(ClientLease.decode(reply), askedNanos);
                    } else {
                        askLater();
                    }
                },
                _ -> askLater());
    }

    private void hold(ClientLease lease, long askedNanos) {
        asking = false;
        long term = lease.termNanos();
        held = new Held(lease, askedNanos + term / 2, askedNanos + term - term / DANGER_PARTS);
    }

    private void askLater() {
        loop.schedule(TRY_AGAIN, () -> asking = false);
    }
}
