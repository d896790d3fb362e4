package org.edgeplex.dataplane.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/// Which CPUs the calling thread may run on. Threads that it starts later inherit the answer.
public final class CpuAffinity {
    private static final int MASK_BYTES = 128;

    private CpuAffinity() {}

    /// Binds the calling thread to one CPU.
    public static void pin(int cpu) {
        BitSet cpus = new BitSet();
        cpus.set(cpu);
        set(cpus);
    }

    /// Lets the calling thread run anywhere again; the kernel cuts the mask to what exists.
    public static void unpin() {
        BitSet cpus = new BitSet();
        cpus.set(0, MASK_BYTES * Byte.SIZE);
        set(cpus);
    }

    /// Where the calling thread may run.
    public static BitSet current() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            Libc.getAffinity(mask);
            return BitSet.valueOf(mask.toArray(JAVA_BYTE));
        }
    }

    /// Lets the calling thread run on these.
    public static void set(BitSet cpus) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bits = cpus.toByteArray();
            MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
            MemorySegment.copy(bits, 0, mask, JAVA_BYTE, 0, Math.min(bits.length, MASK_BYTES));
            Libc.setAffinity(mask);
        }
    }
}
