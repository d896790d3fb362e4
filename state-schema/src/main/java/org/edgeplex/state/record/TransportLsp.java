package org.edgeplex.state.record;

import java.util.List;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.RecordCodec;

/// How a labelled packet reaches a FEC, such as another PE's loopback. Key: the FEC's prefix.
///
/// Writer: the CVM, from the kernel's route (IGP), its neighbour table and LDP. There is no record
/// while any of the three is missing: then the FEC cannot be reached.
///
/// @param labels to push below Ethernet, outermost first: one label, or none where the next hop
///   advertised implicit null
public record TransportLsp(
        Ipv4Address nextHop, MacAddress nextHopMac, MacAddress sourceMac, List<MplsLabel> labels) {

    public TransportLsp {
        labels = List.copyOf(labels);
    }

    public static final RecordCodec<TransportLsp> CODEC =
            RecordCodec.of(
                    (out, lsp) -> {
                        Fields.address(out, lsp.nextHop);
                        Fields.mac(out, lsp.nextHopMac);
                        Fields.mac(out, lsp.sourceMac);
                        out.list(lsp.labels, Fields::label);
                    },
                    in ->
                            new TransportLsp(
                                    Fields.address(in),
                                    Fields.mac(in),
                                    Fields.mac(in),
                                    in.list(Fields::label)));
}
