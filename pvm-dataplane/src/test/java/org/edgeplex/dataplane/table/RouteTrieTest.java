package org.edgeplex.dataplane.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTrieTest {
    @Test
    void theLongestPrefixWins() {
        try (Arena arena = Arena.ofConfined()) {
            RouteTrie trie = new RouteTrie(arena, 16, 16);
            trie.put(Ipv4Prefix.parse("0.0.0.0/0"), 1);
            trie.put(Ipv4Prefix.parse("10.1.2.128/25"), 4);
            trie.put(Ipv4Prefix.parse("10.1.0.0/16"), 2);
            trie.put(Ipv4Prefix.parse("10.1.2.0/24"), 3);
            trie.put(Ipv4Prefix.parse("10.1.2.130/32"), 5);
            assertEquals(1, lookup(trie, "9.9.9.9"));
            assertEquals(2, lookup(trie, "10.1.3.1"));
            assertEquals(3, lookup(trie, "10.1.2.127"));
            assertEquals(4, lookup(trie, "10.1.2.129"));
            assertEquals(5, lookup(trie, "10.1.2.130"));
            trie.remove(Ipv4Prefix.parse("10.1.2.128/25"));
            assertEquals(3, lookup(trie, "10.1.2.129"));
            assertEquals(5, lookup(trie, "10.1.2.130"));
            trie.remove(Ipv4Prefix.parse("0.0.0.0/0"));
            assertEquals(RouteTrie.MISSING, lookup(trie, "9.9.9.9"));
        }
    }

    @Test
    void memoryComesBackWhenRoutesGo() {
        try (Arena arena = Arena.ofConfined()) {
            RouteTrie trie = new RouteTrie(arena, 16, 16);
            trie.put(Ipv4Prefix.parse("10.1.2.128/25"), 4);
            trie.put(Ipv4Prefix.parse("10.1.0.0/16"), 2);
            trie.put(Ipv4Prefix.parse("10.2.0.0/17"), 2);
            assertEquals(2, trie.linesUsed());
            trie.remove(Ipv4Prefix.parse("10.1.2.128/25"));
            trie.remove(Ipv4Prefix.parse("10.2.0.0/17"));
            assertEquals(0, trie.linesUsed());
            assertEquals(2, lookup(trie, "10.1.2.129"));
        }
    }

    @Test
    void aFullTableSaysSoAndKeepsWhatItHas() {
        try (Arena arena = Arena.ofConfined()) {
            RouteTrie few = new RouteTrie(arena, 1, 16);
            assertEquals(TableOutcome.ADDED, few.put(Ipv4Prefix.parse("10.0.0.0/8"), 1));
            assertEquals(TableOutcome.FULL, few.put(Ipv4Prefix.parse("11.0.0.0/8"), 1));
            assertEquals(TableOutcome.REPLACED, few.put(Ipv4Prefix.parse("10.0.0.0/8"), 2));
            RouteTrie flat = new RouteTrie(arena, 16, 1);
            assertEquals(TableOutcome.FULL, flat.put(Ipv4Prefix.parse("10.0.0.0/25"), 1));
            assertEquals(RouteTrie.MISSING, lookup(flat, "10.0.0.1"));
            assertEquals(0, flat.linesUsed());
            assertEquals(TableOutcome.ADDED, flat.put(Ipv4Prefix.parse("10.0.0.0/24"), 1));
            assertEquals(1, flat.size());
        }
    }

    @Test
    void aValueThatDoesNotFitIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            RouteTrie trie = new RouteTrie(arena, 1, 1);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> trie.put(Ipv4Prefix.DEFAULT, RouteTrie.VALUE_MAX + 1));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreesWithALinearSearch(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Ipv4Prefix, Integer> model = new HashMap<>();
        try (Arena arena = Arena.ofConfined()) {
            RouteTrie trie = new RouteTrie(arena, 100, 60);
            RouteBurst burst = new RouteBurst(trie);
            LookupVector lookups = new LookupVector(arena, 20);
            for (int step = 0; step < 6000; step++) {
                Ipv4Prefix prefix = arbitraryPrefix(random);
                if (random.nextInt(5) < 2) {
                    assertEquals(model.remove(prefix) != null, trie.remove(prefix));
                } else {
                    TableOutcome outcome = trie.put(prefix, step);
                    if (outcome == TableOutcome.FULL) {
                        assertFalse(model.containsKey(prefix));
                    } else {
                        boolean replaced = model.put(prefix, step) != null;
                        assertEquals(replaced, outcome == TableOutcome.REPLACED);
                    }
                }
                assertEquals(model.size(), trie.size());
                int[] probes = new int[20];
                for (int i = 0; i < probes.length; i++) {
                    probes[i] = arbitraryAddress(random).bits();
                }
                Lookups.put(lookups, probes);
                burst.locate(lookups, 0, probes.length);
                burst.descend(lookups, probes.length);
                burst.match(lookups, probes.length);
                for (int i = 0; i < probes.length; i++) {
                    int found = Lookups.value(lookups, i);
                    assertEquals(longest(model, new Ipv4Address(probes[i])), found);
                    assertEquals(found, trie.lookup(probes[i]));
                }
            }
            model.keySet().forEach(trie::remove);
            assertEquals(0, trie.linesUsed());
        }
    }

    @Test
    void neighboursOfOneValueComeAndGoAlone() {
        try (Arena arena = Arena.ofConfined()) {
            RouteTrie trie = new RouteTrie(arena, 16, 16);
            trie.put(Ipv4Prefix.parse("10.0.0.0/19"), 7);
            trie.put(Ipv4Prefix.parse("10.0.32.0/19"), 7);
            trie.remove(Ipv4Prefix.parse("10.0.32.0/19"));
            assertEquals(7, lookup(trie, "10.0.31.255"));
            assertEquals(RouteTrie.MISSING, lookup(trie, "10.0.32.0"));
        }
    }

    @Test
    void aRemovalNeedsNoRoom() {
        try (Arena arena = Arena.ofConfined()) {
            RouteTrie trie = new RouteTrie(arena, 64, 1);
            trie.put(Ipv4Prefix.parse("10.0.0.0/18"), 1);
            assertEquals(TableOutcome.ADDED, trie.put(Ipv4Prefix.parse("10.0.8.0/24"), 2));
            assertEquals(TableOutcome.FULL, trie.put(Ipv4Prefix.parse("10.0.9.0/24"), 2));
            assertTrue(trie.remove(Ipv4Prefix.parse("10.0.8.0/24")));
            assertEquals(1, lookup(trie, "10.0.8.1"));
        }
    }

    @Test
    void memoryIsNotUsedAgainUntilTheReaderHasPassed() {
        try (Arena arena = Arena.ofConfined()) {
            Grace grace = new Grace(arena, 1);
            int reader = grace.join();
            RouteTrie trie = new RouteTrie(arena, 16, 2, grace);
            grace.resume(reader);
            assertEquals(TableOutcome.ADDED, trie.put(Ipv4Prefix.parse("10.0.1.0/24"), 1));
            assertEquals(TableOutcome.ADDED, trie.put(Ipv4Prefix.parse("10.0.2.0/24"), 2));
            assertEquals(TableOutcome.FULL, trie.put(Ipv4Prefix.parse("10.0.3.0/24"), 3));
            grace.pass(reader);
            assertEquals(TableOutcome.ADDED, trie.put(Ipv4Prefix.parse("10.0.3.0/24"), 3));
            assertEquals(TableOutcome.FULL, trie.put(Ipv4Prefix.parse("10.0.4.0/24"), 4));
            grace.rest(reader);
            assertEquals(TableOutcome.ADDED, trie.put(Ipv4Prefix.parse("10.0.4.0/24"), 4));
        }
    }

    /// Few enough different bits that prefixes nest and meet.
    private static Ipv4Address arbitraryAddress(SplittableRandom random) {
        int bits = 0x0a00_0000;
        for (int i = 0; i < 4; i++) {
            bits ^= 1 << random.nextInt(32);
        }
        return new Ipv4Address(bits);
    }

    private static Ipv4Prefix arbitraryPrefix(SplittableRandom random) {
        return Ipv4Prefix.containing(arbitraryAddress(random), random.nextInt(33));
    }

    private static int longest(Map<Ipv4Prefix, Integer> model, Ipv4Address address) {
        return model.entrySet().stream()
                .filter(route -> route.getKey().contains(address))
                .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(RouteTrie.MISSING);
    }

    private static int lookup(RouteTrie trie, String address) {
        return trie.lookup(Ipv4Address.parse(address).bits());
    }
}
