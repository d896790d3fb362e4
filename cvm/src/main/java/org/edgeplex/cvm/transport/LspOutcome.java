package org.edgeplex.cvm.transport;

import org.edgeplex.ldp.lib.Resolution;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.state.record.TransportLsp;

/// Whether a FEC can be reached, or what it waits for.
public sealed interface LspOutcome {
    record Up(TransportLsp lsp) implements LspOutcome {}

    /// No outgoing label: `reason` says why.
    record NoLabel(Resolution.Reason reason) implements LspOutcome {}

    /// The next hop's MAC address is not known: it is to be asked for.
    record NoNeighbor(Ipv4Address nextHop) implements LspOutcome {}
}
