package org.edgeplex.bgp.session;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.RouteUpdate;

/// Keeps what a peer's listener is told, for a test to wait for.
final class RecordingListener implements RouteListener {
    static final long DEADLINE_SECONDS = 30;

    /// One call.
    sealed interface Call {
        record Established(Negotiated negotiated) implements Call {}

        record Update(RouteUpdate change) implements Call {}

        record EndOfRib(AddressFamily family) implements Call {}

        record Refresh(AddressFamily family) implements Call {}

        record Down(DownReason reason) implements Call {}
    }

    private final LinkedBlockingQueue<Call> calls = new LinkedBlockingQueue<>();

    @Override
    public void established(Negotiated negotiated) {
        calls.add(new Call.Established(negotiated));
    }

    @Override
    public void updates(List<RouteUpdate> changes) {
        changes.forEach(change -> calls.add(new Call.Update(change)));
    }

    @Override
    public void endOfRib(AddressFamily family) {
        calls.add(new Call.EndOfRib(family));
    }

    @Override
    public void routeRefreshRequested(AddressFamily family) {
        calls.add(new Call.Refresh(family));
    }

    @Override
    public void down(DownReason reason) {
        calls.add(new Call.Down(reason));
    }

    /// The next call, whatever it is.
    Call next() throws InterruptedException {
        Call call = calls.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("no call within " + DEADLINE_SECONDS + " s");
        }
        return call;
    }

    /// The next call of the type; those before it are skipped.
    <C extends Call> C await(Class<C> type) throws InterruptedException {
        return await(type, _ -> true);
    }

    <C extends Call> C await(Class<C> type, Predicate<C> wanted) throws InterruptedException {
        while (true) {
            Call call = next();
            if (type.isInstance(call) && wanted.test(type.cast(call))) {
                return type.cast(call);
            }
        }
    }

    boolean isSilent() {
        return calls.isEmpty();
    }
}
