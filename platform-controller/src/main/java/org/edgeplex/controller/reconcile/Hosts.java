package org.edgeplex.controller.reconcile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.edgeplex.controller.compute.ComputeHost;
import org.edgeplex.controller.compute.RunningProgram;

/// The compute hosts of the PE: those of the PVMs, and [Planner#CVM_HOST].
public final class Hosts {
    private final Map<String, ComputeHost> hosts = new TreeMap<>();

    public Hosts(List<ComputeHost> hosts) {
        hosts.forEach(host -> this.hosts.put(host.name(), host));
    }

    Optional<ComputeHost> named(String name) {
        return Optional.ofNullable(hosts.get(name));
    }

    List<ObservedHost> observe() {
        return hosts.values().stream()
                .map(host ->
                        new ObservedHost(
                                host.name(),
                                !host.name().equals(Planner.CVM_HOST),
                                host.problem().orElse(""),
                                host.programs()))
                .toList();
    }

    void onExit(Consumer<RunningProgram> listener) {
        hosts.values().forEach(host -> host.onExit(listener));
    }

    public boolean takePvms() {
        return hosts.keySet().stream().anyMatch(name -> !name.equals(Planner.CVM_HOST));
    }
}
