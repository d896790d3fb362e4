package org.edgeplex.controller.reconcile;

/// How the PE's switch is wired to the core.
public sealed interface SwitchWiring {
    /// There is no switch: instances run, nothing leads to them.
    record NoSwitch() implements SwitchWiring {}

    record Bridge(String corePort, String cvmPort) implements SwitchWiring {}
}
