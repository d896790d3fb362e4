package org.edgeplex.dataplane.interleaving;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.reflect.Constructor;
import java.util.Set;

/// Runs a scenario in every order of its steps in which the reader is preempted so many times at
/// most.
public final class Interleavings {
    private static final long MEMORY_BYTES = 4L << 20;

    private final Constructor<?> scenario;
    private final MemorySegment memory;
    private int runs;
    private long used;

    private Interleavings(Class<?> scenario, MemorySegment memory) throws Exception {
        this.scenario = scenario.getDeclaredConstructor(SegmentAllocator.class);
        this.scenario.setAccessible(true);
        this.memory = memory;
    }

    /// Returns how many orders there were.
    ///
    /// @param scenario a class beside the tables
    /// @param preemptionsMax of the reader, 1 or 2
    /// @throws AssertionError of a reader, with its schedule
    public static int explore(Class<? extends Scenario> scenario, int preemptionsMax)
            throws Exception {
        return explore(scenario, preemptionsMax, Set.of());
    }

    /// As [#explore], with volatile fields that are never written: a mistake to be found.
    public static int explore(
            Class<? extends Scenario> scenario, int preemptionsMax, Set<String> storesLeftOut)
            throws Exception {
        try (Arena arena = Arena.ofShared()) {
            Class<?> stepped = new SteppedLoader(storesLeftOut).loadClass(scenario.getName());
            Interleavings all = new Interleavings(stepped, arena.allocate(MEMORY_BYTES, 64));
            all.explore(preemptionsMax);
            return all.runs;
        }
    }

    private void explore(int preemptionsMax) throws Exception {
        int stores = run(Integer.MAX_VALUE).stores();
        for (int before = 0; before <= stores; before++) {
            int loads = run(before).loads();
            for (int seen = 1; seen < loads; seen++) {
                for (int between = 1; between <= stores - before; between++) {
                    int rest = run(before, seen, between).loads() - seen;
                    for (int more = 1; preemptionsMax > 1 && more < rest; more++) {
                        for (int last = 1; last <= stores - before - between; last++) {
                            run(before, seen, between, more, last);
                        }
                    }
                }
            }
        }
    }

    private Schedule.Counts run(int... parts) throws Exception {
        memory.asSlice(0, used).fill((byte) 0);
        used = 0;
        SegmentAllocator allocator = this::allocate;
        Object fresh = scenario.newInstance(allocator);
        runs++;
        return new Schedule(parts).run((Scenario) fresh);
    }

    private MemorySegment allocate(long bytes, long alignment) {
        long from = (used + alignment - 1) & -alignment;
        used = from + bytes;
        return memory.asSlice(from, bytes);
    }
}
