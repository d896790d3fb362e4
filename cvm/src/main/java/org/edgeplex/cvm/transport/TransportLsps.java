package org.edgeplex.cvm.transport;

import java.util.List;
import java.util.Optional;
import org.edgeplex.cvm.kernel.KernelTables;
import org.edgeplex.ldp.lib.LabelInformationBase;
import org.edgeplex.ldp.lib.Resolution;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.record.TransportLsp;

/// Puts route, label and MAC address of a FEC together.
public final class TransportLsps {
    private TransportLsps() {}

    public static LspOutcome resolve(
            Ipv4Prefix fec, KernelTables kernel, LabelInformationBase lib, MacAddress coreMac) {
        return switch (lib.resolve(fec, kernel.nextHop(fec))) {
            case Resolution.Unusable(Resolution.Reason reason) -> new LspOutcome.NoLabel(reason);
            case Resolution.Penultimate(_, Ipv4Address nextHop) ->
                    towards(nextHop, List.of(), kernel, coreMac);
            case Resolution.Push(_, Ipv4Address nextHop, MplsLabel label) ->
                    towards(nextHop, List.of(label), kernel, coreMac);
        };
    }

    private static LspOutcome towards(
            Ipv4Address nextHop, List<MplsLabel> labels, KernelTables kernel, MacAddress coreMac) {
        Optional<MacAddress> mac = kernel.mac(nextHop);
        return mac.isPresent()
                ? new LspOutcome.Up(new TransportLsp(nextHop, mac.get(), coreMac, labels))
                : new LspOutcome.NoNeighbor(nextHop);
    }
}
