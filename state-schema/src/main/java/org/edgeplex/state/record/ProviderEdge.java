package org.edgeplex.state.record;

import java.util.List;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.RecordCodec;

/// What the core must know of this PE, and the PE of the core. One record.
///
/// Writer: the controller, from its configuration.
///
/// @param loopback BGP and LDP identifier, transport address, BGP next hop
/// @param coreInterface the CVM's interface to the core, such as `core0`
/// @param coreMac the MAC address of that interface: destination of all frames from the core
/// @param coreMtuBytes the largest IP packet, labels included, that the core carries
/// @param labelFirst lowest label that may be bound
/// @param labelLast highest label that may be bound
public record ProviderEdge(
        String name,
        Ipv4Address loopback,
        AsNumber as,
        String coreInterface,
        MacAddress coreMac,
        int coreMtuBytes,
        List<Ipv4Address> routeReflectors,
        MplsLabel labelFirst,
        MplsLabel labelLast) {

    public ProviderEdge {
        routeReflectors = List.copyOf(routeReflectors);
        if (labelFirst.isReserved() || labelFirst.compareTo(labelLast) > 0) {
            throw new IllegalArgumentException(
                    "label range " + labelFirst + ".." + labelLast + " is empty or reserved");
        }
    }

    public static final RecordCodec<ProviderEdge> CODEC =
            RecordCodec.of(
                    (out, pe) -> {
                        out.text(pe.name);
                        Fields.address(out, pe.loopback);
                        Fields.as(out, pe.as);
                        out.text(pe.coreInterface);
                        Fields.mac(out, pe.coreMac);
                        out.u16(pe.coreMtuBytes).list(pe.routeReflectors, Fields::address);
                        Fields.label(out, pe.labelFirst);
                        Fields.label(out, pe.labelLast);
                    },
                    in ->
                            new ProviderEdge(
                                    in.text(),
                                    Fields.address(in),
                                    Fields.as(in),
                                    in.text(),
                                    Fields.mac(in),
                                    in.u16(),
                                    in.list(Fields::address),
                                    Fields.label(in),
                                    Fields.label(in)));
}
