package org.edgeplex.dataplane.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.edgeplex.dataplane.packet.Ipv6Address;
import org.edgeplex.dataplane.packet.Ipv6Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6RoutesTest {
    private static final int PROBES = 20;

    @Test
    void theLongestPrefixWins() {
        try (Arena arena = Arena.ofConfined()) {
            Ipv6Routes routes = new Ipv6Routes(arena, 16);
            routes.put(Ipv6Prefix.parse("::/0"), 1);
            routes.put(Ipv6Prefix.parse("2001:db8:1:2::/64"), 4);
            routes.put(Ipv6Prefix.parse("2000::/3"), 2);
            routes.put(Ipv6Prefix.parse("2001:db8::/32"), 3);
            routes.put(Ipv6Prefix.parse("2001:db8:1:2::5/128"), 5);
            assertEquals(1, lookup(routes, "fc00::1"));
            assertEquals(2, lookup(routes, "2a00::1"));
            assertEquals(3, lookup(routes, "2001:db8:1:3::1"));
            assertEquals(4, lookup(routes, "2001:db8:1:2::4"));
            assertEquals(5, lookup(routes, "2001:db8:1:2::5"));
            routes.remove(Ipv6Prefix.parse("2001:db8:1:2::/64"));
            assertEquals(3, lookup(routes, "2001:db8:1:2::4"));
            assertEquals(5, lookup(routes, "2001:db8:1:2::5"));
            routes.remove(Ipv6Prefix.parse("::/0"));
            assertEquals(Ipv6Routes.MISSING, lookup(routes, "fc00::1"));
        }
    }

    @Test
    void aFullTableSaysSoAndKeepsWhatItHas() {
        try (Arena arena = Arena.ofConfined()) {
            Ipv6Routes routes = new Ipv6Routes(arena, 1);
            assertEquals(TableOutcome.ADDED, routes.put(Ipv6Prefix.parse("2001:db8::/32"), 1));
            assertEquals(TableOutcome.FULL, routes.put(Ipv6Prefix.parse("2001:db9::/48"), 1));
            assertEquals(TableOutcome.REPLACED, routes.put(Ipv6Prefix.parse("2001:db8::/32"), 2));
            assertEquals(Ipv6Routes.MISSING, lookup(routes, "2001:db9::1"));
            assertEquals(2, lookup(routes, "2001:db8::1"));
            assertFalse(routes.remove(Ipv6Prefix.parse("2001:db9::/48")));
            assertEquals(1, routes.size());
        }
    }

    @Test
    void aValueThatDoesNotFitIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            Ipv6Routes routes = new Ipv6Routes(arena, 4);
            for (String prefix : new String[] {"::/0", "2001:db8::/32"}) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> routes.put(Ipv6Prefix.parse(prefix), Ipv6Routes.VALUE_MAX + 1));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreesWithALinearSearch(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Ipv6Prefix, Integer> model = new HashMap<>();
        try (Arena arena = Arena.ofConfined()) {
            Ipv6Routes routes = new Ipv6Routes(arena, 100);
            Ipv6RouteBurst burst = new Ipv6RouteBurst(arena, routes, PROBES);
            long[] high = new long[PROBES];
            long[] low = new long[PROBES];
            int[] found = new int[PROBES];
            for (int step = 0; step < 6000; step++) {
                Ipv6Prefix prefix =
                        Ipv6Prefix.containing(arbitraryAddress(random), random.nextInt(129));
                if (random.nextInt(5) < 2) {
                    assertEquals(model.remove(prefix) != null, routes.remove(prefix));
                } else {
                    TableOutcome outcome = routes.put(prefix, step);
                    if (outcome == TableOutcome.FULL) {
                        assertFalse(model.containsKey(prefix));
                    } else {
                        boolean replaced = model.put(prefix, step) != null;
                        assertEquals(replaced, outcome == TableOutcome.REPLACED);
                    }
                }
                assertEquals(model.size(), routes.size());
                for (int i = 0; i < PROBES; i++) {
                    Ipv6Address address = arbitraryAddress(random);
                    high[i] = address.high();
                    low[i] = address.low();
                }
                burst.locate(high, low, PROBES, found);
                while (burst.remaining() > 0) {
                    burst.step(high, low, found);
                }
                for (int i = 0; i < PROBES; i++) {
                    assertEquals(longest(model, new Ipv6Address(high[i], low[i])), found[i]);
                    assertEquals(found[i], routes.lookup(high[i], low[i]));
                }
            }
        }
    }

    /// A table as full as it gets: entries move, and all are found.
    @Test
    void manyEntriesAreAllFound() {
        try (Arena arena = Arena.ofConfined()) {
            int entries = 100_000;
            WideTable table = new WideTable(arena, entries);
            for (int i = 0; i < entries; i++) {
                long high = 0x2001_0db8_0000_0000L + i;
                assertEquals(TableOutcome.ADDED, table.put(high, 0, 64, i), "entry " + i);
            }
            assertEquals(TableOutcome.FULL, table.put(1, 1, 64, 1));
            for (int i = 0; i < entries; i++) {
                assertEquals(i, table.get(0x2001_0db8_0000_0000L + i, 0, 64));
            }
            assertEquals(WideTable.MISSING, table.get(0x2001_0db8_0000_0000L, 0, 63));
        }
    }

    @Test
    void readersSeeAnEntryWholeOrNotAtAll() throws InterruptedException {
        try (Arena arena = Arena.ofShared()) {
            WideTable table = new WideTable(arena, 200);
            AtomicBoolean stop = new AtomicBoolean();
            AtomicReference<String> wrong = new AtomicReference<>("");
            for (int i = 0; i < 100; i++) {
                table.put(i, ~(long) i, 64, i); // these stay
            }
            Thread reader =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (!stop.get() && wrong.get().isEmpty()) {
                                    wrong.set(read(table));
                                }
                            });
            SplittableRandom random = new SplittableRandom(7);
            for (int i = 0; i < 1_000_000 && wrong.get().isEmpty(); i++) {
                long key = 100L + random.nextInt(400);
                // Halves that others have too, and a value that tells whose it is.
                if (random.nextBoolean()) {
                    table.put(key >> 2, key & 3, 64, (int) key);
                } else {
                    table.remove(key >> 2, key & 3, 64);
                }
            }
            stop.set(true);
            reader.join();
            assertEquals("", wrong.get());
        }
    }

    private static String read(WideTable table) {
        for (int i = 0; i < 100; i++) {
            if (table.get(i, ~(long) i, 64) != i) {
                return "lost " + i;
            }
        }
        for (int key = 100; key < 500; key++) {
            int value = table.get(key >> 2, key & 3, 64);
            if (value != WideTable.MISSING && value != key) {
                return key + " has the value of " + value;
            }
        }
        return "";
    }

    /// Few enough different bits that prefixes nest and meet.
    private static Ipv6Address arbitraryAddress(SplittableRandom random) {
        long high = 0x2001_0db8_0000_0000L;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            int bit = random.nextInt(128);
            if (bit < 64) {
                high ^= Long.MIN_VALUE >>> bit;
            } else {
                low ^= Long.MIN_VALUE >>> bit - 64;
            }
        }
        return new Ipv6Address(high, low);
    }

    private static int longest(Map<Ipv6Prefix, Integer> model, Ipv6Address address) {
        return model.entrySet().stream()
                .filter(route -> route.getKey().contains(address))
                .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(Ipv6Routes.MISSING);
    }

    private static int lookup(Ipv6Routes routes, String text) {
        Ipv6Address address = Ipv6Address.parse(text);
        return routes.lookup(address.high(), address.low());
    }
}
