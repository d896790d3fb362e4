package org.edgeplex.controller.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.edgeplex.controller.compute.RunningProgram;
import org.edgeplex.controller.health.Vitality;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.openflow.SwitchPort;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.Instance;
import org.edgeplex.state.record.ProviderEdge;
import org.edgeplex.state.record.Vrf;

/// What is, at one moment.
///
/// @param self the `provider_edge` records: one at most
/// @param reservations owner by key, such as `vlan/101`
/// @param labels by attachment number
/// @param withRoutes withdrawing attachments that still have customer routes
/// @param withdrawingFor how long attachments have been withdrawing, as far as this life knows
/// @param vitality by holder; who is not there has not been looked at yet
/// @param backingOff holders that must not be started yet
/// @param ports of the bridge, by name
public record Observed(
        Map<String, ProviderEdge> self,
        SortedMap<String, String> reservations,
        SortedMap<Integer, Vrf> vrfs,
        SortedMap<Integer, Attachment> attachments,
        SortedMap<String, Instance> instances,
        SortedMap<Integer, MplsLabel> labels,
        Set<Integer> withRoutes,
        Map<Integer, Duration> withdrawingFor,
        List<ObservedHost> hosts,
        Map<String, Vitality> vitality,
        Set<String> backingOff,
        SortedMap<String, SwitchPort> ports,
        AppliedSteering steering) {

    Optional<ObservedHost> host(String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
    }

    /// The processes of a holder on the host; more than one is a mistake to be repaired.
    List<RunningProgram> running(String hostName, String holder) {
        return host(hostName).stream()
                .flatMap(host -> host.programs().stream())
                .filter(program -> program.holder().equals(holder))
                .toList();
    }

    boolean isAlive(String hostName, String holder) {
        return running(hostName, holder).size() == 1
                && vitality.getOrDefault(holder, Vitality.STARTING) == Vitality.ALIVE;
    }

    /// The number behind the `kind/` that the owner has reserved.
    Optional<Integer> reserved(String kind, String owner) {
        String prefix = kind + "/";
        return reservations.tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .filter(entry -> entry.getValue().equals(owner))
                .map(entry -> Integer.valueOf(entry.getKey().substring(prefix.length())))
                .findFirst();
    }
}
