package org.edgeplex.dataplane.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.HexFormat;
import org.edgeplex.dataplane.packet.Memory;

/// Asks for cache lines before they are needed, for a whole burst with one call.
///
/// Java has no prefetch, and a load that misses holds up all that follows it. On x86-64 a routine
/// of some twenty bytes is written into a page of its own, which is made executable after it was
/// written and is never both. Elsewhere, and where the kernel refuses such a page, each line is
/// loaded: slower, and otherwise the same. `-Dedgeplex.prefetch=load` asks for that.
public final class Prefetch {
    /// `void prefetch(void **addresses, int count, long strideBytes)`:
    ///
    /// ```
    ///         test      esi, esi
    ///         jle       done
    /// next:   mov       rax, [rdi]
    ///         prefetcht0 [rax]
    ///         add       rdi, rdx
    ///         dec       esi
    ///         jnz       next
    /// done:   ret
    /// ```
    private static final byte[] X86_64 =
            HexFormat.of().parseHex("85f67e0d488b070f18084801d7ffce75f3c3");

    private static final long CODE = writeCode();
    private static final boolean NATIVE = CODE != 0;

    /// Critical: it runs for nanoseconds, and the transition of a usual call costs more than it.
    @SuppressWarnings("restricted")
    private static final MethodHandle ROUTINE =
            Linker.nativeLinker()
                    .downcallHandle(
                            FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT, JAVA_LONG),
                            Linker.Option.critical(false));

    private static final MemorySegment ROUTINE_ADDRESS = MemorySegment.ofAddress(CODE);

    /// What the fallback has loaded: as somebody may ask, it cannot be optimised away.
    private static long loaded;

    private Prefetch() {}

    /// How lines are asked for, for the log.
    public static String mode() {
        return NATIVE ? "prefetch" : "load";
    }

    /// Asks for the lines of all addresses; they come while the caller goes on.
    ///
    /// @param addresses where the first of `count` addresses is, each of memory that may be read
    /// @param strideBytes from one address to the next
    public static void lines(long addresses, int count, long strideBytes) {
        if (NATIVE) {
            try {
                ROUTINE.invokeExact(ROUTINE_ADDRESS, addresses, count, strideBytes);
            } catch (Throwable e) {
                throw new AssertionError("a downcall cannot throw", e);
            }
        } else {
            touch(addresses, count, strideBytes);
        }
    }

    /// Where the routine is, 0 where there is none.
    static long code() {
        return CODE;
    }

    static long loaded() {
        return loaded;
    }

    static void touch(long addresses, int count, long strideBytes) {
        long seen = 0;
        for (int i = 0; i < count; i++) {
            seen ^= Memory.getLong(Memory.getLong(addresses + strideBytes * i) & -Long.BYTES);
        }
        loaded = seen;
    }

    private static long writeCode() {
        boolean isX86 = "amd64".equals(System.getProperty("os.arch"));
        if (!isX86 || "load".equals(System.getProperty("edgeplex.prefetch"))) {
            return 0;
        }
        long page = Libc.mapPages(Libc.PAGE_BYTES);
        if (page == Libc.MAP_FAILED) {
            return 0;
        }
        Memory.copy(X86_64, page);
        return Libc.makeExecutable(page, Libc.PAGE_BYTES) == 0 ? page : 0;
    }
}
