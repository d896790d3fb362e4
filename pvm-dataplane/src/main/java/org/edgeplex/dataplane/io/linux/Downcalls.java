package org.edgeplex.dataplane.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Calls of foreign functions by their address, in few shapes: words in, a word out.
///
/// Making the code for a shape costs some five milliseconds of a program's start, and the data
/// plane calls dozens of functions with as many shapes. But the processors that we run on pass the
/// first six words in registers, and the caller cleans up: a function takes what it knows of them.
/// Of the result as many lower bits count as the function's type has; of `void` none.
@SuppressWarnings("restricted")
public final class Downcalls {
    private static final Linker LINKER = Linker.nativeLinker();

    // Each shape apart: what is needed later is made later.

    private static final class Six {
        private static final MethodHandle HANDLE =
                LINKER.downcallHandle(
                        FunctionDescriptor.of(
                                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                                JAVA_LONG));
    }

    private static final class SixWithErrno {
        private static final MethodHandle HANDLE =
                LINKER.downcallHandle(
                        FunctionDescriptor.of(
                                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                                JAVA_LONG),
                        Linker.Option.captureCallState("errno"));
    }

    private static final FunctionDescriptor THREE_WORDS =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    /// For calls of which there are many.
    private static final class Three {
        private static final MethodHandle HANDLE = LINKER.downcallHandle(THREE_WORDS);
    }

    private static final class ThreeCritical {
        private static final MethodHandle HANDLE =
                LINKER.downcallHandle(THREE_WORDS, Linker.Option.critical(false));
    }

    private Downcalls() {}

    /// Where a function of the C library is.
    static MemorySegment libraryFunction(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library lacks " + name));
    }

    /// Calls a function of at most three words.
    public static long call(MemorySegment function, long first, long second, long third) {
        try {
            return (long) Three.HANDLE.invokeExact(function, first, second, third);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// The same as a critical call: some 6 ns less. Only for what returns within a microsecond.
    public static long callCritical(MemorySegment function, long first, long second, long third) {
        try {
            return (long) ThreeCritical.HANDLE.invokeExact(function, first, second, third);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Calls a function of at most six words.
    public static long call(
            MemorySegment function,
            long first,
            long second,
            long third,
            long fourth,
            long fifth,
            long sixth) {
        try {
            return (long)
                    Six.HANDLE.invokeExact(function, first, second, third, fourth, fifth, sixth);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Calls a function of at most four words; `errno` is left in the state.
    ///
    /// @param state of [Linker.Option#captureStateLayout]
    static long call(
            MemorySegment state,
            MemorySegment function,
            long first,
            long second,
            long third,
            long fourth) {
        try {
            return (long)
                    SixWithErrno.HANDLE.invokeExact(
                            function, state, first, second, third, fourth, 0L, 0L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static AssertionError unexpected(Throwable e) {
        return new AssertionError("a downcall cannot throw", e);
    }
}
