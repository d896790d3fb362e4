package org.edgeplex.controller;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.edgeplex.controller.compute.netns.NetnsDevices;
import org.edgeplex.controller.config.ControllerConfig;
import org.edgeplex.controller.config.ControllerConfig.SwitchSetting;
import org.edgeplex.controller.intent.PeSite;
import org.edgeplex.state.record.ProviderEdge;

/// The PE as this machine has it.
final class NetnsSite implements PeSite {
    private final ControllerConfig config;

    NetnsSite(ControllerConfig config) {
        this.config = config;
    }

    @Override
    public ProviderEdge self() {
        return config.self();
    }

    @Override
    public Optional<String> whyNotPort(String port) {
        return switch (config.bridge()) {
            case SwitchSetting.None() ->
                    Optional.of("this PE has no switch: add \"switch\" to the configuration");
            case SwitchSetting.OpenVSwitch bridge -> whyNotPort(port, bridge);
        };
    }

    private Optional<String> whyNotPort(String port, SwitchSetting.OpenVSwitch bridge) {
        if (Set.of(bridge.corePort(), bridge.cvmPort(), bridge.bridge(), "lo").contains(port)
                || port.matches("pvm[0-9]+")) {
            return Optional.of("is a port of the PE itself: " + port);
        }
        if (!Files.exists(Path.of("/run/netns", bridge.namespace()))) {
            return Optional.of("the switch's namespace " + bridge.namespace() + " is not there");
        }
        return NetnsDevices.exists(bridge.namespace(), port)
                ? Optional.empty()
                : Optional.of("the switch has no port " + port);
    }

    @Override
    public Optional<String> whyNoCompute() {
        return config.hosts().isEmpty()
                ? Optional.of(
                        "this controller has no compute hosts: add \"hosts\" to its configuration")
                : Optional.empty();
    }
}
