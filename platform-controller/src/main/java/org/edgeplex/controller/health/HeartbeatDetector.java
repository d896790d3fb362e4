package org.edgeplex.controller.health;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.edgeplex.state.record.Lease;

/// Suspects holders whose lease stands still, measured against the observer's own clock, and only
/// while the observer's own lease moves: a store that takes nobody's heartbeat (a slow disk, a
/// fail-over) says nothing about any of them, and to replace them all would make a pause an outage.
///
/// Used by one thread.
public final class HeartbeatDetector {
    private static final Lease NEVER = new Lease(0, 0, "");

    private final HealthTiming timing;
    private final Map<String, Pulse> pulses = new HashMap<>();
    private long lastLookNanos;
    private boolean looked;
    private Lease ownLease = NEVER;
    private long sinceOwnBeatNanos;

    /// @param witnessedNanos the part of the silence in which the observer's own heart was heard
    private record Pulse(Lease lease, boolean up, long witnessedNanos, long silenceNanos) {
        /// Claimed by a process that has beaten since: not one that was fenced, or never came up.
        static Pulse first(Lease lease) {
            return new Pulse(lease, lease.heartbeat() > 0 && !lease.owner().isEmpty(), 0, 0);
        }

        Pulse next(Lease seen, long witnessed, long elapsed) {
            return isBeat(lease, seen)
                    ? first(seen)
                    : new Pulse(seen, up, witnessedNanos + witnessed, silenceNanos + elapsed);
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
                    pulse == null ? Pulse.first(lease) : pulse.next(lease, witnessed, elapsed));
        }
    }

    public Vitality vitality(String holder) {
        Pulse pulse = pulses.get(holder);
        if (pulse == null) {
            return Vitality.STARTING;
        }
        long patience =
                pulse.up() ? timing.suspectAfter().toNanos() : timing.startAllowance().toNanos();
        if (pulse.witnessedNanos() > patience
                || pulse.silenceNanos() > patience + timing.stallMax().toNanos()) {
            return Vitality.SUSPECT;
        }
        return pulse.up() ? Vitality.ALIVE : Vitality.STARTING;
    }

    private static boolean isBeat(Lease before, Lease seen) {
        return seen.epoch() != before.epoch() || seen.heartbeat() != before.heartbeat();
    }
}
