package org.edgeplex.openflow;

/// A port of the switch as it is.
public sealed interface SwitchPort {
    String name();

    PortSpec.Owner owner();

    /// Frames pass.
    record Ready(String name, int ofport, PortSpec.Owner owner) implements SwitchPort {}

    /// In the database, but without a number: the switch's reason.
    record Broken(String name, String error, PortSpec.Owner owner) implements SwitchPort {}
}
