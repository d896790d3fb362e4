package org.edgeplex.controller.reconcile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeplex.controller.intent.AccessId;

/// What the reconciler's last pass saw, for readers on other threads.
public final class StatusBoard {
    private record Sight(
            Map<AccessId, AccessStatus> accesses, List<HostStatus> hosts, List<String> problems) {}

    private volatile Sight sight = new Sight(Map.of(), List.of(), List.of());

    void publish(
            Map<AccessId, AccessStatus> accesses, List<HostStatus> hosts, List<String> problems) {
        sight = new Sight(Map.copyOf(accesses), List.copyOf(hosts), List.copyOf(problems));
    }

    public Optional<AccessStatus> access(AccessId id) {
        return Optional.ofNullable(sight.accesses().get(id));
    }

    public List<HostStatus> hosts() {
        return sight.hosts();
    }

    /// What could not be done in the last pass, a sentence each.
    public List<String> problems() {
        return sight.problems();
    }
}
