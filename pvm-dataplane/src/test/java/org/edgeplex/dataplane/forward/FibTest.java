package org.edgeplex.dataplane.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a burst finds, in stages and without.
class FibTest {
    private static final int ROUTES_MAX = 4_000;

    /// Addresses are of this many bits, so that they meet routes.
    private static final int ADDRESS_BITS = 14;

    @ParameterizedTest(name = "{0}, up to /{1}, {2} lines are small")
    @CsvSource({
        "hosts and prefixes in stages, 32, 0",
        "hosts and prefixes one by one, 32, 1000000",
        "prefixes in stages, 31, 0",
        "prefixes one by one, 31, 1000000",
        "grows out of the cache, 32, 1000"
    })
    void findsTheLongestPrefix(String name, int lengthMax, int linesSmall) {
        SplittableRandom random = new SplittableRandom(7);
        Map<Ipv4Prefix, Integer> model = new HashMap<>();
        try (Arena arena = Arena.ofConfined()) {
            Fib fib = new Fib(arena, ROUTES_MAX, ROUTES_MAX, ROUTES_MAX);
            fib.setLinesSmall(linesSmall);
            Ipv4Burst burst = new Ipv4Burst(arena);
            for (int round = 0; round < 3_000; round++) {
                change(fib, model, arbitraryPrefix(random, lengthMax), random);
                int count = random.nextInt(Ipv4Burst.CAPACITY + 1);
                for (int i = 0; i < count; i++) {
                    burst.add(i, arbitraryAddress(random), 63, Ipv4Burst.FROM_CUSTOMER);
                    if (burst.size() % fib.step() == 0) {
                        fib.approach(burst);
                    }
                }
                fib.lookup(burst);
                for (int i = 0; i < count; i++) {
                    long record = burst.record(i);
                    assertEquals(i, Ipv4Burst.packet(record));
                    int address = Ipv4Burst.destination(record);
                    assertEquals(longest(model, address), Ipv4Burst.adjacency(record));
                }
                burst.clear();
            }
            assertNotEquals(0, model.size());
        }
    }

    private static void change(
            Fib fib, Map<Ipv4Prefix, Integer> model, Ipv4Prefix prefix, SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            assertEquals(model.remove(prefix) != null, fib.remove(prefix));
        } else {
            int adjacency = random.nextInt(60_000);
            fib.put(prefix, adjacency);
            model.put(prefix, adjacency);
        }
    }

    private static int longest(Map<Ipv4Prefix, Integer> model, int address) {
        for (int length = Ipv4Prefix.LENGTH_MAX; length >= 0; length--) {
            Integer adjacency = model.get(Ipv4Prefix.containing(new Ipv4Address(address), length));
            if (adjacency != null) {
                return adjacency;
            }
        }
        return Fib.MISSING;
    }

    private static Ipv4Prefix arbitraryPrefix(SplittableRandom random, int lengthMax) {
        int length = random.nextInt(4) == 0 ? random.nextInt(17) : random.nextInt(17, 33);
        Ipv4Address address = new Ipv4Address(arbitraryAddress(random));
        return Ipv4Prefix.containing(address, Math.min(length, lengthMax));
    }

    private static int arbitraryAddress(SplittableRandom random) {
        return 10 << 24 | random.nextInt(1 << ADDRESS_BITS) << 3;
    }
}
