package org.edgeplex.state.record;

import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.DamagedRecordException;
import org.edgeplex.state.RecordCodec;

/// The best route of a VRF to a prefix: what the data planes of the VRF forward by, and what its
/// PVMs announce to their customers.
///
/// Writer: the CVM.
public sealed interface VrfRoute {
    /// As in [CustomerRoute].
    Bytes attributes();

    /// Behind another PE: two labels, the VPN label below the transport label to the PE.
    record Remote(Ipv4Address peLoopback, MplsLabel vpnLabel, Bytes attributes)
            implements VrfRoute {}

    /// Behind an attachment of this PE: its own PVM sends it to the CE, the VRF's other PVMs send
    /// it with the attachment's VPN label alone.
    record Local(int attachmentNumber, MplsLabel vpnLabel, Ipv4Address nextHop, Bytes attributes)
            implements VrfRoute {}

    RecordCodec<VrfRoute> CODEC =
            RecordCodec.of(
                    (out, route) -> {
                        switch (route) {
                            case Remote(var loopback, var label, var attributes) -> {
                                out.u8(0);
                                Fields.address(out, loopback);
                                Fields.label(out, label);
                                out.bytes(attributes);
                            }
                            case Local(var number, var label, var nextHop, var attributes) -> {
                                out.u8(1).i32(number);
                                Fields.label(out, label);
                                Fields.address(out, nextHop);
                                out.bytes(attributes);
                            }
                        }
                    },
                    in ->
                            switch (in.u8()) {
                                case 0 ->
                                        new Remote(
                                                Fields.address(in), Fields.label(in), in.bytes());
                                case 1 ->
                                        new Local(
                                                in.i32(),
                                                Fields.label(in),
                                                Fields.address(in),
                                                in.bytes());
                                default ->
                                        throw new DamagedRecordException(
                                                "unknown kind of VRF route");
                            });
}
