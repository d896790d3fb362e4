package org.edgeplex.pvm.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRoute.Source;
import org.edgeplex.state.record.CustomerRouting;
import org.edgeplex.state.record.CustomerRouting.Static.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredRoutesTest {
    private static final CustomerRoute CONNECTED =
            new CustomerRoute(Source.CONNECTED, Samples.GATEWAY, Bytes.EMPTY);

    @Test
    void theLinkIsConnectedAndTheStaticRoutesAreThere() {
        ConfiguredRoutes configured =
                ConfiguredRoutes.of(Samples.attachment(Samples.routes("10.1.0.0/16", "0.0.0.0/0")));
        CustomerRoute route = new CustomerRoute(Source.STATIC, Samples.CE, Bytes.EMPTY);
        assertEquals(
                Map.of(
                        Ipv4Prefix.parse("192.0.2.0/24"),
                        CONNECTED,
                        Ipv4Prefix.parse("10.1.0.0/16"),
                        route,
                        Ipv4Prefix.DEFAULT,
                        route),
                configured.routes());
        assertTrue(configured.rejects().isEmpty());
    }

    @ParameterizedTest(name = "{0} via {1}: {2}")
    @CsvSource({
        "127.1.0.0/16,   192.0.2.2, MARTIAN",
        "224.0.0.0/4,    192.0.2.2, MARTIAN",
        "255.0.0.0/8,    192.0.2.2, MARTIAN",
        "0.1.0.0/16,     192.0.2.2, MARTIAN",
        "169.254.3.0/24, 192.0.2.2, MARTIAN",
        "192.0.2.1/32,   192.0.2.2, PE_ADDRESS",
        "10.1.0.0/16,    192.0.2.1, NEXT_HOP",
        "10.1.0.0/16,    192.0.3.2, NEXT_HOP",
        "192.0.2.0/24,   192.0.2.2, DUPLICATE",
    })
    void rejectsWithAReason(String prefix, String nextHop, Reject reason) {
        ConfiguredRoutes configured =
                ConfiguredRoutes.of(
                        Samples.attachment(
                                new CustomerRouting.Static(
                                        List.of(
                                                new Route(
                                                        Ipv4Prefix.parse(prefix),
                                                        Ipv4Address.parse(nextHop))))));
        assertEquals(Map.of(Ipv4Prefix.parse("192.0.2.0/24"), CONNECTED), configured.routes());
        assertEquals(1, configured.rejects().of(reason));
    }
}
