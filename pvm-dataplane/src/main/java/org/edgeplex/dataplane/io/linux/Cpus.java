package org.edgeplex.dataplane.io.linux;

import java.util.BitSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Choosing among the CPUs that the calling thread may run on.
public final class Cpus {
    private Cpus() {}

    /// Refuses one that the thread may not run on.
    ///
    /// @throws IllegalArgumentException naming those that there are
    public static void check(int cpu) {
        check(cpu, CpuAffinity.current());
    }

    /// The same for another set.
    ///
    /// @param allowed where the thread may run
    /// @throws IllegalArgumentException naming those that there are
    public static void check(int cpu, BitSet allowed) {
        if (cpu < 0 || !allowed.get(cpu)) {
            throw new IllegalArgumentException(
                    "there is no CPU %d for this program; it may run on %s"
                            .formatted(cpu, text(allowed)));
        }
    }

    /// The one that a user named, or the last one.
    ///
    /// @throws IllegalArgumentException naming those that there are
    public static int chosen(@Nullable Integer cpu) {
        BitSet allowed = CpuAffinity.current();
        if (cpu == null) {
            return last(allowed);
        }
        check(cpu, allowed);
        return cpu;
    }

    static int last(BitSet allowed) {
        return allowed.length() - 1;
    }

    /// Another one, the nearest below if there is one.
    ///
    /// @throws IllegalArgumentException if there is only this one
    public static int otherThan(int cpu) {
        return otherThan(cpu, CpuAffinity.current());
    }

    static int otherThan(int cpu, BitSet allowed) {
        int below = cpu == 0 ? -1 : allowed.previousSetBit(cpu - 1);
        int other = below < 0 ? allowed.nextSetBit(cpu + 1) : below;
        if (other < 0) {
            throw new IllegalArgumentException(
                    "this needs two CPUs; the program may run on %s alone"
                            .formatted(text(allowed)));
        }
        return other;
    }

    private static String text(BitSet cpus) {
        return "CPU " + cpus.stream().mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }
}
