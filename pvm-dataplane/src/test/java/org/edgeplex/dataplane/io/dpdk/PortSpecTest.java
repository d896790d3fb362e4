package org.edgeplex.dataplane.io.dpdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.edgeplex.dataplane.io.IdleMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortSpecTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "af_packet:eth0 | iface=eth0,blocksz=4096,framesz=2048,framecnt=512,qpairs=1",
                "af_packet:eth0,framecnt=64 | iface=eth0,blocksz=4096,framesz=2048,qpairs=1,"
                        + "framecnt=64",
                "af_xdp:eth0 | iface=eth0",
                "tap:ce0 | iface=ce0",
                "memif:client,id=3 | role=client,id=3",
                "vhost:/run/a.sock | iface=/run/a.sock",
                "virtio:/run/a.sock,queues=1 | path=/run/a.sock,queues=1",
                "pcap:in.pcap,tx_pcap=out.pcap | rx_pcap=in.pcap,tx_pcap=out.pcap",
                "pcap,tx_pcap=out.pcap | tx_pcap=out.pcap",
                "null,size=128 | copy=0,size=128",
                "vdev:net_bonding0,mode=1 | mode=1",
                "null,idle=busy,size=128 | copy=0,size=128",
                "pcap:in.pcap,tx_pcap=idle=busy | rx_pcap=in.pcap,tx_pcap=idle=busy"
            })
    void saysItInTheDriversWords(String text, String arguments) {
        assertEquals(arguments, PortSpec.parse(text).arguments());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ethernet:eth0",
        "af_packet",
        "ring:0",
        "memif:master",
        "pci",
        ":",
        "null:0",
        "pcap"
    })
    void refusesWhatItDoesNotKnow(String text) {
        assertThrows(IllegalArgumentException.class, () -> PortSpec.parse(text));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ring | ADAPTIVE",
                "af_packet:eth0,framecnt=64 | ADAPTIVE",
                "memif:server,id=3,idle=adaptive | ADAPTIVE",
                "memif:server,idle=busy,id=3 | BUSY",
                "af_packet:eth0,idle=interrupt | INTERRUPT",
                "af_xdp:eth0,idle=interrupt | INTERRUPT",
                "tap:ce0,idle=interrupt | INTERRUPT",
                "vhost:/run/a.sock,idle=busy,idle=interrupt | INTERRUPT",
                "pci:0000:00:04.0,idle=interrupt | INTERRUPT"
            })
    void takesTheIdleModeForItself(String text, IdleMode mode) {
        PortSpec spec = PortSpec.parse(text);
        assertEquals(mode, spec.idle());
        assertFalse(spec.arguments().contains("idle"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "null,idle=interrupt | nothing wakes a sleeper when null has a packet",
                "ring,idle=interrupt | use idle=adaptive or idle=busy",
                "memif:server,id=1,idle=interrupt | interrupt works with af_packet, af_xdp, tap",
                "pcap:a.pcap,idle=interrupt | nothing wakes a sleeper when pcap has a packet",
                "af_packet:eth0,idle=lazy | idle is one of busy, adaptive, interrupt, not \"lazy\"",
                "af_packet:eth0,idle= | idle is one of busy, adaptive, interrupt, not \"\""
            })
    void refusesAnIdleModeBeforeThePortIsOpened(String text, String why) {
        assertRefused(text, why);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ring,foo=bar | ring has no key \"foo\"; it has nodeaction, idle",
                "af_packet:eth0,foo=bar | it has qpairs, blocksz, framesz, framecnt, qdisc_bypass,"
                        + " idle",
                "af_packet:eth0,iface=eth1 | af_packet has no key \"iface\"",
                "tap:ce0,Idle=busy | tap has no key \"Idle\"; it has mac, remote, idle",
                "null,size=64,=1 | null has no key \"\"",
                "memif:server,id | id needs a value: id=VALUE",
                "pcap:in.pcap,rx_pcap=other.pcap | pcap has no key \"rx_pcap\"; it has tx_pcap"
            })
    void refusesAKeyThatTheDriverWouldPassOver(String text, String why) {
        assertRefused(text, why);
    }

    private static void assertRefused(String text, String why) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> PortSpec.parse(text));
        assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ring,idle=adaptive", "null,size=64,idle=busy"})
    void whoAlwaysPollsRefusesAnyIdleMode(String text) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> PortSpec.parsePolled(text));
        assertTrue(String.valueOf(e.getMessage()).contains("always polled"), e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> PortSpec.parsePolled("ring,foo=1"));
        assertFalse(String.valueOf(e.getMessage()).contains("idle"), e.getMessage());
    }

    @Test
    void thereIsAnExampleOfEachType() {
        Set<PortSpec.Type> types = EnumSet.noneOf(PortSpec.Type.class);
        for (String line : PortExamples.TEXT.split("%n", -1)) {
            types.add(PortSpec.parse(line.strip().split(" ", 2)[0]).type());
        }
        assertEquals(EnumSet.allOf(PortSpec.Type.class), types);
    }

    @Test
    void theHelpNamesAllIdleModes() {
        for (IdleMode mode : IdleMode.values()) {
            assertTrue(PortSpec.IDLE_HELP.contains("idle=" + mode.word()));
        }
    }

    /// Two interfaces of the same name are two ports: they are in two namespaces.
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ring", "af_packet:eth0"})
    void namesAreNotGivenTwice(String text) {
        assertNotEquals(PortSpec.parse(text).name(), PortSpec.parse(text).name());
    }

    @Test
    void aCardIsNamedWhenDpdkStarts() {
        PortSpec card = PortSpec.parse("pci:0000:00:04.0");
        Eal.Options options = new Eal.Options(32, Eal.ANY_CPU, List.of(card));
        List<String> arguments = Eal.arguments(options, 32, new BitSet());
        assertEquals("0000:00:04.0", arguments.get(arguments.indexOf("-a") + 1));
        assertFalse(arguments.contains("--no-pci"));
        assertEquals("0000:00:04.0", card.name());
    }

    @Test
    void aCardsDriverIsToldItsArguments() {
        PortSpec card = PortSpec.parse("pci:0000:00:04.0,mprq_en=1,idle=busy");
        Eal.Options options = new Eal.Options(32, Eal.ANY_CPU, List.of(card));
        List<String> arguments = Eal.arguments(options, 32, new BitSet());
        assertEquals("0000:00:04.0,mprq_en=1", arguments.get(arguments.indexOf("-a") + 1));
    }

    @Test
    void withoutOneNobodyLooksForCards() {
        List<PortSpec> ports = List.of(PortSpec.parse("virtio:/run/a.sock"));
        List<String> arguments =
                Eal.arguments(new Eal.Options(32, Eal.ANY_CPU, ports), 32, new BitSet());
        assertTrue(arguments.contains("--no-pci"));
        assertTrue(arguments.contains("--single-file-segments"));
    }

    @Test
    void aMissingDriverIsNamedWithItsPackage() {
        PortSpec spec = PortSpec.parse("vdev:net_nosuch0");
        DpdkException e = assertThrows(DpdkException.class, () -> Drivers.require(spec));
        assertTrue(e.toString().contains("apt-get install librte-net-nosuch23"));
    }

    @Test
    void aMissingInterfaceIsNamed() {
        PortSpec spec = PortSpec.parse("af_packet:nosuch0");
        DpdkException e = assertThrows(DpdkException.class, () -> Drivers.require(spec));
        assertTrue(e.toString().contains("no interface nosuch0"));
    }
}
