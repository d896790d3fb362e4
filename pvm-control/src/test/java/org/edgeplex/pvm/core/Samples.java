package org.edgeplex.pvm.core;

import java.util.Arrays;
import java.util.List;
import org.edgeplex.bgp.wire.AddressFamily;
import org.edgeplex.bgp.wire.AsPath;
import org.edgeplex.bgp.wire.Nlri;
import org.edgeplex.bgp.wire.PathAttribute.Origin;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.Reachable;
import org.edgeplex.bgp.wire.RouteUpdate;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.Lifecycle;
import org.edgeplex.state.record.VrfRoute;

/// Attachment 7 of VRF 3: gateway 192.0.2.1/24 in AS 65000, CE 192.0.2.2 in AS 65001.
public final class Samples {
    public static final int NUMBER = 7;
    public static final int VRF = 3;
    public static final AsNumber PE_AS = new AsNumber(65000);
    public static final AsNumber CE_AS = new AsNumber(65001);
    public static final AsNumber FAR_AS = new AsNumber(65002);
    public static final Ipv4Address GATEWAY = Ipv4Address.parse("192.0.2.1");
    public static final Ipv4Address CE = Ipv4Address.parse("192.0.2.2");

    private Samples() {}

    public static CustomerRouting.Bgp bgp(int prefixesMax) {
        return new CustomerRouting.Bgp(PE_AS, CE_AS, CE, 90, prefixesMax);
    }

    public static CustomerRouting.Static routes(String... prefixes) {
        return new CustomerRouting.Static(
                Arrays.stream(prefixes)
                        .map(p -> new CustomerRouting.Static.Route(Ipv4Prefix.parse(p), CE))
                        .toList());
    }

    public static Attachment attachment(CustomerRouting routing) {
        return attachment(routing, Lifecycle.ACTIVE, VRF);
    }

    public static Attachment attachment(CustomerRouting routing, Lifecycle lifecycle, int vrf) {
        return new Attachment(
                "red/paris/ce1",
                lifecycle,
                vrf,
                101,
                GATEWAY,
                MacAddress.parse("02:ed:00:00:00:07"),
                24,
                1500,
                routing);
    }

    public static PeerSpec peer() {
        return PeerSpec.of(attachment(bgp(100)), bgp(100));
    }

    public static PathAttributes path(AsNumber... ases) {
        return PathAttributes.originated(Origin.IGP).with(AsPath.sequence(ases));
    }

    public static RouteUpdate.Announced announced(String... prefixes) {
        return announced(path(CE_AS), prefixes);
    }

    public static RouteUpdate.Announced announced(PathAttributes attributes, String... prefixes) {
        List<Reachable> routes =
                Arrays.stream(prefixes)
                        .<Reachable>map(
                                p -> new Reachable.Unlabeled(new Nlri.Ipv4(Ipv4Prefix.parse(p))))
                        .toList();
        return new RouteUpdate.Announced(AddressFamily.IPV4_UNICAST, CE, attributes, routes);
    }

    public static RouteUpdate.Withdrawn withdrawn(String... prefixes) {
        List<Nlri> routes =
                Arrays.stream(prefixes).<Nlri>map(p -> new Nlri.Ipv4(Ipv4Prefix.parse(p))).toList();
        return new RouteUpdate.Withdrawn(AddressFamily.IPV4_UNICAST, routes);
    }

    public static VrfRoute remote(PathAttributes attributes) {
        return new VrfRoute.Remote(
                Ipv4Address.parse("10.255.0.2"),
                new MplsLabel(2000),
                Bytes.wrap(attributes.encode()));
    }

    public static VrfRoute local(int attachmentNumber) {
        return new VrfRoute.Local(attachmentNumber, new MplsLabel(3000), CE, Bytes.EMPTY);
    }
}
