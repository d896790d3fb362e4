package org.edgeplex.state.ramcloud.capi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import org.edgeplex.state.StoreException;

/// Lets the process end without the destructors of the library.
///
/// They would take away the data of threads that are still in the library, or are its own, and the
/// process would abort in the middle of its exit. So when the JVM has done what it has to do, and
/// calls `exit`, the first thing to happen there is `_exit`, with the same status: `on_exit` of the
/// C library is called last, hence its function first.
@SuppressWarnings("restricted")
final class PromptExit {
    private static final AtomicBoolean arranged = new AtomicBoolean();

    private PromptExit() {}

    static void arrange() {
        if (!arranged.compareAndSet(false, true)) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle onExit =
                linker.downcallHandle(
                        symbol(linker, "on_exit"),
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        MemorySegment exitNow = symbol(linker, "_exit");
        // In a hook: what the library registers itself, while it works, must have been before.
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("ramcloud-exit")
                                .unstarted(() -> register(onExit, exitNow)));
    }

    private static void register(MethodHandle onExit, MemorySegment exitNow) {
        try {
            // There is no help if it finds no memory: the status is not looked at.
            var _ = (int) onExit.invokeExact(exitNow, MemorySegment.NULL);
        } catch (Throwable t) {
            throw new AssertionError("a downcall cannot throw", t);
        }
    }

    private static MemorySegment symbol(Linker linker, String name) {
        return linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new StoreException("the C library has no " + name));
    }
}
