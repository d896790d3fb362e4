package org.edgeplex.dataplane.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.junit.jupiter.api.Test;

/// A reader beside the writer: what is in the table all the time is found all the time, and nothing
/// is found that never was there. What each reads is bounded by the writer's steps, not by time.
class ReadersTest {
    private static final int CHANGES = 300_000;

    /// What measuring itself may take, whatever the count of lookups.
    private static final long NOISE_BYTES = 20_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// One look at the table by the reading thread, which throws if it is wrong.
    private interface Look {
        void at(int round);
    }

    /// Runs the writer while a thread looks; the reader sees at least one state before the end.
    private static void race(Runnable writer, Look look) throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Void> reader =
                CompletableFuture.runAsync(() -> {
                    for (int round = 0; !isOver.get(); round++) {
                        look.at(round);
                        started.countDown();
                    }
                });
        started.await();
        try {
            writer.run();
        } finally {
            isOver.set(true);
        }
        reader.get();
    }

    /// Even keys stay; odd ones come and go in a table so full that the even ones move about.
    @Test
    void anEntryThatMovesIsNeverMissed() throws Exception {
        int keys = 900;
        try (Arena arena = Arena.ofShared()) {
            CuckooTable table = new CuckooTable(arena, 800);
            for (int key = 0; key < keys; key += 2) {
                assertEquals(TableOutcome.ADDED, table.put(key, key));
            }
            CuckooBurst burst = new CuckooBurst(table);
            LookupVector all = new LookupVector(arena, keys);
            Lookups.put(all, IntStream.range(0, keys).toArray());
            SplittableRandom random = new SplittableRandom(1);
            race(
                    () -> {
                        for (int i = 0; i < CHANGES; i++) {
                            int key = random.nextInt(keys * 2) | 1;
                            if (random.nextInt(3) == 0) {
                                table.remove(key);
                            } else {
                                table.put(key, key);
                            }
                        }
                        assertTrue(table.moves() > 1000, "only " + table.moves() + " moves");
                    },
                    round -> {
                        burst.locate(all, 0, keys);
                        burst.match(all, keys);
                        for (int key = 0; key < keys; key++) {
                            check(key, Lookups.value(all, key));
                            check(key, table.get(key));
                        }
                    });
        }
    }

    private static void check(int key, int value) {
        boolean isRight = value == key || (key & 1) == 1 && value == CuckooTable.MISSING;
        assertTrue(isRight, key + " has " + value);
    }

    @Test
    void nothingIsMissedWhileTheTableGrows() throws Exception {
        try (Arena arena = Arena.ofShared()) {
            CuckooTable table = new CuckooTable(arena, 16, CHANGES);
            for (int key = 0; key < 16; key += 2) {
                table.put(key, key);
            }
            race(
                    () -> {
                        for (int key = 17; key < CHANGES; key++) {
                            assertEquals(TableOutcome.ADDED, table.put(key, key));
                        }
                    },
                    round -> check(round * 2 % 16, table.get(round * 2 % 16)));
            assertTrue(table.buckets() > CHANGES / CuckooBuckets.SLOTS);
        }
    }

    /// A route's value is its length, less one, and where it begins in the second half of the
    /// address, in units of 2^7; so the reader sees whether what it found contains what it looked
    /// for.
    @Test
    void aRouteIsSeenWholeOrNotAtAll() throws Exception {
        try (Arena arena = Arena.ofShared()) {
            Grace grace = new Grace(arena, 1);
            int reader = grace.join();
            RouteTrie trie = new RouteTrie(arena, 10_000, 2_000, grace);
            int net = Ipv4Address.parse("10.1.0.0").bits();
            put(trie, net, 16);
            put(trie, net | 0x8000, 20);
            put(trie, net | 0x8080, 28);
            SplittableRandom random = new SplittableRandom(2);
            SplittableRandom probes = new SplittableRandom(3);
            race(
                    () -> {
                        for (int i = 0; i < CHANGES; i++) {
                            int length = 17 + random.nextInt(16);
                            int address = net | random.nextInt(1 << 9) << 7;
                            Ipv4Prefix prefix =
                                    Ipv4Prefix.containing(new Ipv4Address(address), length);
                            if (length == 20 || length == 28 || random.nextBoolean()) {
                                put(trie, prefix.address().bits(), length);
                            } else {
                                trie.remove(prefix);
                            }
                        }
                    },
                    round -> {
                        grace.resume(reader);
                        for (int i = 0; i < 32; i++) {
                            int address = net | probes.nextInt(1 << 16);
                            int floor = (address & 0xfff0) == 0x8080 ? 28 : 16;
                            checkRoute(address, trie.lookup(address), floor);
                        }
                        grace.pass(reader);
                        grace.rest(reader);
                    });
        }
    }

    private static void put(RouteTrie trie, int address, int length) {
        Ipv4Prefix prefix = Ipv4Prefix.containing(new Ipv4Address(address), length);
        trie.put(prefix, length - 1 << 9 | (prefix.address().bits() & 0xffff) >>> 7);
    }

    private static void checkRoute(int address, int value, int floor) {
        int length = (value >>> 9) + 1;
        boolean isRight =
                value != RouteTrie.MISSING
                        && length >= floor
                        && length <= 32
                        && (value & 0x1ff) << 7 == (address & Ipv4Prefix.mask(length) & 0xffff);
        assertTrue(isRight, Integer.toHexString(address) + ": " + Integer.toHexString(value));
    }

    @Test
    void lookupsAllocateNothing() {
        try (Arena arena = Arena.ofConfined()) {
            CuckooTable hosts = new CuckooTable(arena, 1_000);
            RouteTrie routes = new RouteTrie(arena, 1_000, 1_000);
            for (int i = 0; i < 900; i++) {
                hosts.put(i, i);
                put(routes, i << 20, 12 + i % 20);
            }
            LookupVector keys = new LookupVector(arena, 32);
            CuckooBurst hostBurst = new CuckooBurst(hosts);
            RouteBurst routeBurst = new RouteBurst(routes);
            lookUp(keys, hosts, routes, hostBurst, routeBurst);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            lookUp(keys, hosts, routes, hostBurst, routeBurst);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < NOISE_BYTES, allocated + " bytes");
        }
    }

    private static void lookUp(
            LookupVector keys,
            CuckooTable hosts,
            RouteTrie routes,
            CuckooBurst hostBurst,
            RouteBurst routeBurst) {
        long sum = 0;
        for (int round = 0; round < 50_000; round++) {
            for (int i = 0; i < 32; i++) {
                LookupVector.setKey(keys.record(i), round * 31 + i << i % 20);
            }
            hostBurst.locate(keys, 0, 32);
            hostBurst.match(keys, 32);
            sum += Lookups.value(keys, round & 31) + hosts.get(round);
            routeBurst.locate(keys, 0, 32);
            routeBurst.descend(keys, 32);
            routeBurst.match(keys, 32);
            sum += Lookups.value(keys, round & 31) + routes.lookup(round << 16);
        }
        assertTrue(sum != 0);
    }
}
