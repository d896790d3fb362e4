package org.edgeplex.controller.health;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.edgeplex.state.record.Lease;

/// Suspects holders whose lease stands still, measured against the observer's own clock.
///
/// Used by one thread.
public final class HeartbeatDetector {
    private static final Lease NEVER = new Lease(0, 0, "");

    private final HealthTiming timing;
    private final Map<String, Pulse> pulses = new HashMap<>();
    private long lastLookNanos;
    private boolean looked;

    private record Pulse(Lease lease, boolean up, long silenceNanos) {
        /// Claimed by a process that has beaten since: not one that was fenced, or never came up.
        static Pulse first(Lease lease) {
            return new Pulse(lease, lease.heartbeat() > 0 && !lease.owner().isEmpty(), 0);
        }

        Pulse next(Lease seen, long elapsedNanos) {
            boolean beat = seen.epoch() != lease.epoch() || seen.heartbeat() != lease.heartbeat();
            return beat ? first(seen) : new Pulse(seen, up, silenceNanos + elapsedNanos);
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
    public void look(Set<String> holders, Map<String, Lease> leases, long nowNanos) {
        long elapsed = looked ? nowNanos - lastLookNanos : 0;
        long counted = Math.min(elapsed, timing.lookMax().toNanos());
        lastLookNanos = nowNanos;
        looked = true;
        pulses.keySet().retainAll(holders);
        for (String holder : holders) {
            Lease lease = leases.getOrDefault(holder, NEVER);
            Pulse pulse = pulses.get(holder);
            pulses.put(holder, pulse == null ? Pulse.first(lease) : pulse.next(lease, counted));
        }
    }

    public Vitality vitality(String holder) {
        Pulse pulse = pulses.get(holder);
        if (pulse == null) {
            return Vitality.STARTING;
        }
        long patience =
                pulse.up() ? timing.suspectAfter().toNanos() : timing.startAllowance().toNanos();
        if (pulse.silenceNanos() > patience) {
            return Vitality.SUSPECT;
        }
        return pulse.up() ? Vitality.ALIVE : Vitality.STARTING;
    }
}
