package org.edgeplex.lab.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamespacesTest {
    /// A lab may only ever remove what is its own.
    @ParameterizedTest(name = "{1} of {0}: {2}")
    @CsvSource({
        "l3vpn-pe1-h1, l3vpn-pe1-h1, true",
        "l3vpn-pe1-h1, l3vpn-pe1-h1-pvm-7, true",
        "l3vpn-pe1-h1, l3vpn-pe1-h10, false",
        "l3vpn-pe1-h1, l3vpn-pe1-h10-pvm-7, false",
        "l3vpn-p, l3vpn-pe1-sw, false",
        "l3vpn-p, other-p, false",
    })
    void aNamespaceIsOursOrThatOfOurPvms(String ours, String name, boolean expected) {
        assertEquals(expected, Namespaces.isOf(ours, name));
    }
}
