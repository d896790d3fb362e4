package org.edgeplex.controller.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.edgeplex.controller.compute.IdleMode;
import org.edgeplex.controller.config.ControllerConfig.CvmSetting;
import org.edgeplex.controller.config.ControllerConfig.SwitchSetting;
import org.edgeplex.controller.reconcile.VlanRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final String WHOLE =
            """
            pe:
              name: pe1
              loopback: 10.255.0.1
              as: 65000
              core-interface: core0
              core-mac: "02:ed:6e:00:00:01"
              core-mtu: 1600
              route-reflectors: [10.255.0.10]
              label-range: 100000-100999
            store: "lmdb:/tmp/state"
            switch:
              ovsdb: "unix:/tmp/db.sock"
              openflow: "unix:/tmp/edge.mgmt"
              bridge: edge
              namespace: l3vpn-pe1-sw
              core-port: core0
              cvm-port: cvm0
            hosts:
              - {name: h1, namespace: l3vpn-pe1-h1}
              - {name: h2, namespace: l3vpn-pe1-h2, idle: interrupt}
            cvm:
              namespace: l3vpn-pe1-cvm
            vlan-range: 101-199
            health: {suspect-after-millis: 1500}
            """;

    @Test
    void readsAWholeFile() {
        ControllerConfig config = ConfigReader.parse(WHOLE, "pe1.yml");
        assertEquals("10.255.0.10", config.self().routeReflectors().getFirst().toString());
        assertEquals(100_999, config.self().labelLast().value());
        assertEquals(new VlanRange(101, 199), config.vlans());
        assertEquals(
                List.of(
                        new ControllerConfig.Host("h1", "l3vpn-pe1-h1", IdleMode.ADAPTIVE),
                        new ControllerConfig.Host("h2", "l3vpn-pe1-h2", IdleMode.INTERRUPT)),
                config.hosts());
        assertInstanceOf(SwitchSetting.OpenVSwitch.class, config.bridge());
        assertEquals(new CvmSetting.InNamespace("l3vpn-pe1-cvm"), config.cvm());
        assertEquals(Duration.ofMillis(1500), config.timing().suspectAfter());
    }

    @Test
    void theDefaultIsAPeWithoutHosts() {
        ControllerConfig config = ConfigReader.byDefault(Path.of("/var/lib/edgeplex"));
        assertEquals("lmdb:/var/lib/edgeplex/state", config.store());
        assertTrue(config.hosts().isEmpty());
        assertInstanceOf(SwitchSetting.None.class, config.bridge());
        assertInstanceOf(CvmSetting.None.class, config.cvm());
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    '  as: 65000'           | '  as: x'                | ':4: pe.as: AS number must be'
                    '  loopback: 10.255.0.1'| '  loopback: 10.255.0'   | ':3: pe.loopback: not an IPv4 address'
                    'core-mtu: 1600'        | 'core-mtus: 1600'        | ':7: pe.core-mtus: Unrecognized field'
                    'core-mtu: 1600'        | 'core-mtu: [1600]'       | ':7: pe.core-mtu'
                    'core-mtu: 1600'        | 'core-mtu: 70000'        | 'pe.core-mtu must be from'
                    'unix:/tmp/db.sock'     | '/tmp/db.sock'           | ':12: switch.ovsdb: not a switch address'
                    '101-199'               | '199-101'                | ':23: vlan-range: not a range of VLAN ids'
                    '101-199'               | '101'                    | ':23: vlan-range: a range looks like'
                    '{name: h2'             | '{name: h1'              | 'hosts: the name "h1" is taken'
                    'idle: interrupt'       | 'idle: lazy'             | ':20: hosts[1].idle: is one of busy, adaptive, interrupt, not "lazy"'
                    'store: "lmdb:/tmp/state"' | ''                    | 'store is required'
                    '100000-100999'         | '3-100'                  | 'label range'
                    '  cvm-port: cvm0'      | ''                       | 'cvm-port'
                    """)
    void saysWhereAMistakeIs(String valid, String mistake, String message) {
        assertTrue(WHOLE.contains(valid), "the case is stale");
        String text = WHOLE.replace(valid, mistake == null ? "" : mistake);
        ConfigException e =
                assertThrows(ConfigException.class, () -> ConfigReader.parse(text, "pe1.yml"));
        assertTrue(String.valueOf(e.getMessage()).startsWith("pe1.yml"), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }
}
