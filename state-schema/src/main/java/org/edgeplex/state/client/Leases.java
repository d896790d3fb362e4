package org.edgeplex.state.client;

import java.util.Optional;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.Expect;
import org.edgeplex.state.Incarnation;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Tables;
import org.edgeplex.state.Write;
import org.edgeplex.state.WriteOutcome;
import org.edgeplex.state.record.Lease;

/// Claiming, keeping and taking away the right to write (see [Incarnation]).
public final class Leases {
    private static final int TRIES_MAX = 100;

    /// The highest epoch of all removed leases: a later life of a name goes on above it, so that a
    /// process that outlived its lease stays fenced.
    static final String REMOVED = "(removed)";

    private final State state;
    private final Incarnation by;

    /// For who claims a life: it has none before.
    public Leases(State state) {
        this(state, Incarnation.UNFENCED);
    }

    /// For who fences and removes leases of others: nothing of it is accepted once it is fenced
    /// itself, or a late one could end the programs of its successor.
    public Leases(State state, Incarnation by) {
        this.state = state;
        this.by = by;
    }

    /// The key of the note of all removed leases, which looks like a lease and is nobody's.
    public static Bytes removedKey() {
        return Bytes.utf8(REMOVED);
    }

    /// Begins a new life of the holder: whoever lived before is fenced from here on.
    ///
    /// @param owner who claims, like no other at the same time: `pid 4711 on host h1`. When the
    ///   store does not confirm the claim, it tells whose the lease is that is there then
    public Incarnation claim(String holder, String owner) {
        return raiseEpoch(holder, owner);
    }

    /// Ends the holder's current life without beginning another. Returns the fencing epoch.
    public Incarnation fence(String holder) {
        return raiseEpoch(holder, "");
    }

    /// Shows that the life goes on; [FencedException] when it does not.
    public void heartbeat(Incarnation incarnation) {
        Stored<String, Lease> seen =
                state.get(Tables.LEASES, incarnation.holder())
                        .orElseThrow(() -> new FencedException(incarnation, 0));
        Lease lease = seen.value();
        if (lease.epoch() != incarnation.epoch()) {
            throw new FencedException(incarnation, lease.epoch());
        }
        Lease next = new Lease(lease.epoch(), lease.heartbeat() + 1, lease.owner());
        // A conflict here can only be a claim or a fencing: the next call will say so.
        state.as(incarnation).replace(Tables.LEASES, seen, next);
    }

    public Optional<Lease> read(String holder) {
        return state.get(Tables.LEASES, holder).map(Stored::value);
    }

    /// Forgets a holder, until its name is claimed again: nothing of its earlier lives is accepted
    /// then either.
    public void remove(String holder) {
        for (int i = 0; i < TRIES_MAX; i++) {
            Optional<Stored<String, Lease>> seen = state.get(Tables.LEASES, holder);
            if (seen.isEmpty()) {
                return;
            }
            // Before the removal: who finds no lease finds this.
            rememberRemoved(seen.get().value().epoch());
            Expect asSeen = new Expect.Version(seen.get().version());
            if (written(Tables.LEASES.remove(holder, asSeen, by))) {
                return;
            }
        }
        throw busy(holder);
    }

    private void rememberRemoved(long epoch) {
        for (int i = 0; i < TRIES_MAX; i++) {
            Optional<Stored<String, Lease>> seen = state.get(Tables.LEASES, REMOVED);
            if (seen.isPresent() && seen.get().value().epoch() >= epoch) {
                return;
            }
            if (written(onSeen(REMOVED, seen, new Lease(epoch, 0, "")))) {
                return;
            }
        }
        throw busy(REMOVED);
    }

    private Incarnation raiseEpoch(String holder, String owner) {
        for (int i = 0; i < TRIES_MAX; i++) {
            Optional<Stored<String, Lease>> seen = state.get(Tables.LEASES, holder);
            Optional<Stored<String, Lease>> last =
                    seen.isPresent() ? seen : state.get(Tables.LEASES, REMOVED);
            long epoch = last.map(lease -> lease.value().epoch()).orElse(0L) + 1;
            Lease next = new Lease(epoch, 0, owner);
            boolean raised =
                    switch (state.write(onSeen(holder, seen, next))) {
                        case WriteOutcome.Written(_) -> true;
                        case WriteOutcome.Conflict(_) -> false;
                        // Perhaps it was done: another epoch would fence whoever knows of this one.
                        case WriteOutcome.Unknown(_) -> isThere(holder, next);
                        case WriteOutcome.Fenced(long current) ->
                                throw new FencedException(by, current);
                    };
            if (raised) {
                return new Incarnation(holder, epoch);
            }
        }
        throw busy(holder);
    }

    private boolean isThere(String holder, Lease lease) {
        return state.get(Tables.LEASES, holder).filter(s -> s.value().equals(lease)).isPresent();
    }

    /// Without a confirmation the caller reads again.
    private boolean written(Write write) {
        return switch (state.write(write)) {
            case WriteOutcome.Written(_) -> true;
            case WriteOutcome.Conflict(_), WriteOutcome.Unknown(_) -> false;
            case WriteOutcome.Fenced(long epoch) -> throw new FencedException(by, epoch);
        };
    }

    private Write onSeen(String holder, Optional<Stored<String, Lease>> seen, Lease next) {
        return seen.map(lease -> lease.replacedBy(Tables.LEASES, next, by))
                .orElseGet(() -> Tables.LEASES.put(holder, next, Expect.ABSENT, by));
    }

    private static StoreException busy(String holder) {
        return new StoreException("lease " + holder + ": " + TRIES_MAX + " tries in vain");
    }
}
