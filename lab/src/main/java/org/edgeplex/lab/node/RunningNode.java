package org.edgeplex.lab.node;

import java.util.List;

/// A node of the topology on the machine.
public sealed interface RunningNode permits ServerNode, LabelSwitchNode, ProviderEdgeNode {
    String name();

    /// Makes its namespaces.
    void create();

    /// Where the cable of a port is plugged in; frames there are as on the wire.
    Place port(String port);

    /// Starts its programs; its cables are in.
    void start();

    /// The command line that runs a command in the node as its operator would.
    List<String> inside(List<String> command);
}
