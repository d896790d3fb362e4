package org.edgeplex.state.client;

import java.time.Duration;
import java.util.List;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.EventLoop;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.Lookup;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.record.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One of several instances does a work: the one that holds the lease of its name.
///
/// All watch the lease. Who finds it free, or its pulse unchanged for [#SILENT_INTERVALS] intervals
/// of its own clock, claims it; the holder raises the pulse each interval. A claim that the store
/// did not confirm is decided by reading again. Two may believe for a while that they hold it: only
/// the writes of the last are accepted, so every step of the work must begin with one.
///
/// On the loop, without threads or a clock of its own.
public final class Ownership implements AutoCloseable {
    public static final int SILENT_INTERVALS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

    /// Told on the loop.
    public interface Listener {
        /// The work is ours, in the name of this incarnation.
        void gained(Incarnation life);

        /// It is another's.
        void lost();
    }

    private final StateStore store;
    private final EventLoop loop;
    private final String holder;
    private final String owner;
    private final Duration interval;
    private final Listener listener;
    private final Bytes key;

    private boolean owns;
    private boolean closed;
    private long epoch;
    private Lease watched = new Lease(0, 0, "");
    private long watchedSinceNanos;

    /// @param owner who this is, like no other instance: `pid 4711 on host h1`
    public Ownership(
            StateStore store,
            EventLoop loop,
            String holder,
            String owner,
            Duration interval,
            Listener listener) {
        this.store = store;
        this.loop = loop;
        this.holder = holder;
        this.owner = owner;
        this.interval = interval;
        this.listener = listener;
        this.key = Tables.LEASES.keys().encode(holder);
        loop.execute(this::look);
    }

    /// Stops; the lease, if it is ours, is free for another at once.
    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            if (owns) {
                lose();
                read(this::release);
            }
        });
    }

    /// The store refused a write of our incarnation: no need to wait for the next look.
    void fenced(long fencedEpoch) {
        if (owns && epoch == fencedEpoch) {
            lose();
        }
    }

    private void look() {
        if (!closed) {
            read(this::seen);
        }
    }

    private void lookAgain() {
        if (!closed) {
            loop.schedule(interval, this::look);
        }
    }

    private interface Seen {
        void lease(Lookup lookup, Lease lease);
    }

    private void read(Seen then) {
        Reply.on(
                store.get(Tables.LEASES.id(), key, interval),
                loop,
                Reply.of(lookup -> decoded(lookup, then), _ -> lookAgain()));
    }

    private void decoded(Lookup lookup, Seen then) {
        try {
            then.lease(
                    lookup,
                    switch (lookup) {
                        case Lookup.Absent() -> new Lease(0, 0, "");
                        case Lookup.Found(Bytes value, _) -> Tables.LEASES.decode(key, value);
                    });
        } catch (DamagedRecordException damage) {
            LOG.error("nobody can hold it: {}", damage.getMessage());
            lookAgain();
        }
    }

    private void seen(Lookup lookup, Lease lease) {
        if (closed) {
            return;
        }
        boolean ours = lease.epoch() == epoch && lease.owner().equals(owner) && epoch != 0;
        if (owns && !ours) {
            lose();
        } else if (ours && !owns) {
            // A claim of ours that was not confirmed.
            gain();
        }
        if (owns) {
            beat(lookup, lease);
        } else if (lease.owner().isEmpty() || isSilent(lease)) {
            claim(lookup, lease);
        } else {
            lookAgain();
        }
    }

    private boolean isSilent(Lease lease) {
        if (!lease.equals(watched)) {
            watched = lease;
            watchedSinceNanos = loop.nowNanos();
        }
        return loop.nowNanos() - watchedSinceNanos
                >= interval.multipliedBy(SILENT_INTERVALS).toNanos();
    }

    private void beat(Lookup seen, Lease lease) {
        Lease next = new Lease(lease.epoch(), lease.heartbeat() + 1, owner);
        write(
                put(seen, next, new Incarnation(holder, epoch)),
                outcome -> {
                    if (outcome instanceof WriteOutcome.Fenced) {
                        lose();
                    }
                    lookAgain();
                });
    }

    private void claim(Lookup seen, Lease lease) {
        if (seen instanceof Lookup.Found) {
            claim(seen, lease.epoch() + 1);
            return;
        }
        // Above the epochs of all leases that were removed.
        Bytes removed = Tables.LEASES.keys().encode(Leases.REMOVED);
        Reply.on(
                store.get(Tables.LEASES.id(), removed, interval),
                loop,
                Reply.of(
                        last ->
                                claim(
                                        seen,
                                        switch (last) {
                                            case Lookup.Absent() -> 1;
                                            case Lookup.Found(Bytes value, _) ->
                                                    Lease.epochOf(value) + 1;
                                        }),
                        _ -> lookAgain()));
    }

    private void claim(Lookup seen, long nextEpoch) {
        write(
                put(seen, new Lease(nextEpoch, 0, owner), Incarnation.UNFENCED),
                outcome -> {
                    switch (outcome) {
                        case WriteOutcome.Written(_) -> {
                            epoch = nextEpoch;
                            gain();
                            lookAgain();
                        }
                        case WriteOutcome.Unknown(_) -> {
                            epoch = nextEpoch;
                            lookAgain();
                        }
                        case WriteOutcome.Conflict(_), WriteOutcome.Fenced(_) -> lookAgain();
                    }
                });
    }

    private void release(Lookup seen, Lease lease) {
        if (lease.epoch() == epoch) {
            // As if it were fenced: whoever sees it may claim it.
            write(put(seen, new Lease(epoch, 0, ""), new Incarnation(holder, epoch)), _ -> {});
        }
    }

    private void gain() {
        owns = true;
        listener.gained(new Incarnation(holder, epoch));
    }

    private void lose() {
        if (owns) {
            owns = false;
            listener.lost();
        }
    }

    private interface Then {
        void outcome(WriteOutcome outcome);
    }

    private void write(Write write, Then then) {
        Reply.on(
                store.write(List.of(write), interval),
                loop,
                Reply.of(
                        outcomes -> then.outcome(outcomes.getFirst()),
                        (StoreException failure) -> {
                            LOG.warn("lease {}: {}", holder, failure.getMessage());
                            lookAgain();
                        }));
    }

    private Write put(Lookup seen, Lease next, Incarnation by) {
        return switch (seen) {
            case Lookup.Absent() -> Tables.LEASES.put(holder, next, Expect.ABSENT, by);
            case Lookup.Found(Bytes value, long version) ->
                    Stored.of(Tables.LEASES, holder, key, value, version)
                            .replacedBy(Tables.LEASES, next, by);
        };
    }
}
