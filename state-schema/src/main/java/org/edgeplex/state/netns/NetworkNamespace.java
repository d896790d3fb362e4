package org.edgeplex.state.netns;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.edgeplex.state.StoreException;

/// A network namespace of the machine, by its file: `/run/netns/mgmt`, `/proc/1/ns/net`.
///
/// A socket belongs for all its life to the namespace of the thread that made it, and a thread
/// begins in the namespace of the thread that started it. So an engine that is opened inside of a
/// namespace, and makes its sockets on threads of its own, stays there.
@SuppressWarnings("restricted")
public record NetworkNamespace(Path file) {
    private static final int O_CLOEXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x4000_0000;

    private static final MethodHandle OPEN =
            bind("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
    private static final MethodHandle SETNS =
            bind("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), -1);
    private static final MethodHandle CLOSE =
            bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), -1);

    /// Does the work on a thread of its own inside the namespace, and waits for it.
    public <T> T inside(Callable<T> work) {
        FutureTask<T> task =
                new FutureTask<>(() -> {
                    enter();
                    return work.call();
                });
        Thread.ofPlatform().name("netns " + file).daemon().start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException refused) {
                throw refused;
            }
            throw new StoreException("inside " + file + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted inside " + file, e);
        }
    }

    private void enter() {
        try {
            enterBySystemCall();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall cannot throw", e);
        }
    }

    private void enterBySystemCall() throws Throwable {
        int descriptor;
        try (Arena arena = Arena.ofConfined()) {
            descriptor = (int) OPEN.invokeExact(arena.allocateFrom(file.toString()), O_CLOEXEC);
        }
        if (descriptor < 0) {
            throw new StoreException("there is no network namespace " + file);
        }
        try {
            if ((int) SETNS.invokeExact(descriptor, CLONE_NEWNET) != 0) {
                throw new StoreException(
                        "network namespace %s cannot be entered: that needs root".formatted(file));
            }
        } finally {
            int _ = (int) CLOSE.invokeExact(descriptor);
        }
    }

    private static MethodHandle bind(String name, FunctionDescriptor type, int variadicFrom) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup().findOrThrow(name);
        return variadicFrom < 0
                ? linker.downcallHandle(address, type)
                : linker.downcallHandle(
                        address, type, Linker.Option.firstVariadicArg(variadicFrom));
    }
}
