package org.edgeplex.controller.health;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.edgeplex.state.record.Lease;

/// Suspects holders whose lease stands still, measured against the observer's own clock, and only
/// while the observer's own lease moves: a store that takes nobody's heartbeat (a slow disk, a
/// fail-over) says nothing about any of them, and to replace them all would make a pause an outage.
///
/// How long a silence is too long depends on how the holder has been beating: one whose beats come
/// late, since it was just started or the machine has too much to do, gets [#SLOWEST_TIMES] its
/// longest interval of late. With a fixed limit a machine that is too busy would lose programs, and
/// their successors' starts would make it busier still.
///
/// Used by one thread.
public final class HeartbeatDetector {
    static final int SLOWEST_TIMES = 4;

    private static final Lease NEVER = new Lease(0, 0, "");

    /// In this time a long interval fades to its e-th part.
    private static final double FADING_NANOS = 5e9;

    private final HealthTiming timing;
    private final Map<String, Pulse> pulses = new HashMap<>();
    private long lastLookNanos;
    private boolean looked;
    private Lease ownLease = NEVER;
    private long sinceOwnBeatNanos;

    /// @param witnessedNanos the part of the silence in which the observer's own heart was heard
    /// @param slowestNanos the longest interval between its beats of late
    private record Pulse(
            Lease lease, boolean up, long slowestNanos, long witnessedNanos, long silenceNanos) {
        static Pulse first(Lease lease, long slowestNanos) {
            return new Pulse(lease, isUp(lease), slowestNanos, 0, 0);
        }

        Pulse next(Lease seen, long witnessed, long elapsed) {
            long interval = witnessedNanos + witnessed;
            return isBeat(lease, seen)
                    ? new Pulse(seen, isUp(seen), slowest(interval), 0, 0)
                    : new Pulse(seen, up, slowestNanos, interval, silenceNanos + elapsed);
        }

        private long slowest(long interval) {
            long faded = (long) (slowestNanos * Math.max(0, 1 - interval / FADING_NANOS));
            return up ? Math.max(interval, faded) : slowestNanos;
        }

        /// Claimed by a process that has beaten since: not one that was fenced, or never came up.
        private static boolean isUp(Lease lease) {
            return lease.heartbeat() > 0 && !lease.owner().isEmpty();
        }
    }

    public HeartbeatDetector(HealthTiming timing) {
        this.timing = timing;
    }

    /// A new process of the holder: it has the whole start allowance again.
    public void started(String holder) {
        pulses.remove(holder);
    }

    /// Takes a look at the leases of all that should be alive; forgets everybody else.
    ///
    /// @param leases theirs and the observer's
    /// @param self whose lease is the observer's
    public void look(Set<String> holders, Map<String, Lease> leases, String self, long nowNanos) {
        long lookMaxNanos = timing.lookMax().toNanos();
        long elapsed = looked ? Math.min(nowNanos - lastLookNanos, lookMaxNanos) : 0;
        lastLookNanos = nowNanos;
        looked = true;
        sinceOwnBeatNanos += elapsed;
        long witnessed = 0;
        Lease own = leases.getOrDefault(self, NEVER);
        if (isBeat(ownLease, own)) {
            witnessed = Math.min(sinceOwnBeatNanos, lookMaxNanos);
            sinceOwnBeatNanos = 0;
            ownLease = own;
        }
        pulses.keySet().retainAll(holders);
        for (String holder : holders) {
            Lease lease = leases.getOrDefault(holder, NEVER);
            Pulse pulse = pulses.get(holder);
            pulses.put(
                    holder,
                    pulse == null
                            ? Pulse.first(lease, timing.settleAllowance().toNanos() / SLOWEST_TIMES)
                            : pulse.next(lease, witnessed, elapsed));
        }
    }

    public Vitality vitality(String holder) {
        Pulse pulse = pulses.get(holder);
        if (pulse == null) {
            return Vitality.STARTING;
        }
        long patience = (pulse.up() ? timing.suspectAfter() : timing.startAllowance()).toNanos();
        if (pulse.witnessedNanos() > Math.max(patience, SLOWEST_TIMES * pulse.slowestNanos())
                || pulse.silenceNanos() > patience + timing.stallMax().toNanos()) {
            return Vitality.SUSPECT;
        }
        return pulse.up() ? Vitality.ALIVE : Vitality.STARTING;
    }

    private static boolean isBeat(Lease before, Lease seen) {
        return seen.epoch() != before.epoch() || seen.heartbeat() != before.heartbeat();
    }
}
