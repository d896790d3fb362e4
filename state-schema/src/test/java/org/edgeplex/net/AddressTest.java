package org.edgeplex.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({"0.0.0.0, 0", "10.0.0.1, 167772161", "255.255.255.255, -1"})
    void readsAndWritesAddresses(String text, int bits) {
        assertEquals(bits, Ipv4Address.parse(text).bits());
        assertEquals(text, new Ipv4Address(bits).toString());
        assertEquals(bits, Ipv4Address.of(new Ipv4Address(bits).toBytes(), 0).bits());
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {"", "1.2.3", "1.2.3.4.5", "256.0.0.1", "1.2.3.-4", "1.2.3. 4", "a.b.c.d"})
    void refusesWhatIsNotAnAddress(String text) {
        assertThrows(IllegalArgumentException.class, () -> Ipv4Address.parse(text));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"10.0.0.0", "10.0.0.1/24", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/"})
    void refusesWhatIsNotAPrefix(String text) {
        assertThrows(IllegalArgumentException.class, () -> Ipv4Prefix.parse(text));
    }

    @Test
    void aPrefixContainsItsAddressesAndLongerPrefixes() {
        Ipv4Prefix prefix = Ipv4Prefix.parse("10.1.0.0/16");
        assertTrue(prefix.contains(Ipv4Address.parse("10.1.255.255")));
        assertFalse(prefix.contains(Ipv4Address.parse("10.2.0.0")));
        assertTrue(prefix.contains(Ipv4Prefix.parse("10.1.2.0/24")));
        assertFalse(prefix.contains(Ipv4Prefix.DEFAULT));
        assertTrue(Ipv4Prefix.DEFAULT.contains(prefix));
    }

    @Test
    void aMacAddressKeepsItsOctetsInOrder() {
        MacAddress mac = MacAddress.parse("02:ab:00:00:00:0f");
        assertEquals(0x02ab_0000_000fL, mac.bits());
        assertEquals("02:ab:00:00:00:0f", mac.toString());
        assertTrue(MacAddress.BROADCAST.isGroup());
        assertThrows(IllegalArgumentException.class, () -> MacAddress.parse("02:ab:0:0:0:0f"));
    }
}
