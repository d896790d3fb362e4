package org.edgeplex.dataplane.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.edgeplex.net.MacAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6AddressTest {
    /// The examples of RFC 5952, section 4.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "2001:db8::1",
                "2001:db8::1:1:1:1:1",
                "2001:db8:0:1:1:1:1:1",
                "2001:0:0:1::1",
                "ff02::1:ff00:1"
            })
    void readsWhatItWrites(String text) {
        String canonical = text.equals("2001:db8::1:1:1:1:1") ? "2001:db8:0:1:1:1:1:1" : text;
        assertEquals(canonical, Ipv6Address.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "10.0.0.1", "fe80::1%eth0", "::ffff:10.0.0.1", "1:2"})
    void refusesWhatIsNone(String text) {
        assertThrows(IllegalArgumentException.class, () -> Ipv6Address.parse(text));
    }

    /// RFC 4291, appendix A, with the universal bit turned over.
    @Test
    void aLinkLocalAddressHoldsTheMac() {
        MacAddress mac = MacAddress.parse("34:56:78:9a:bc:de");
        assertEquals("fe80::3656:78ff:fe9a:bcde", Ipv6Address.linkLocal(mac.bits()).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"::/0", "2001:db8::/32", "2001:db8:1:2::/64", "2001:db8::1/128"})
    void prefixesReadWhatTheyWrite(String text) {
        assertEquals(text, Ipv6Prefix.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "::/129", "::1/64", "2001:db8::/-1", "::/x"})
    void prefixesAreCanonicalOrNotMade(String text) {
        assertThrows(IllegalArgumentException.class, () -> Ipv6Prefix.parse(text));
    }
}
