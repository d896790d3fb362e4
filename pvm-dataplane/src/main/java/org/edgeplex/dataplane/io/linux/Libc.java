package org.edgeplex.dataplane.io.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The C library, bound once. Constants are those of Linux on x86-64 and arm64.
@SuppressWarnings("restricted")
final class Libc {
    static final int O_RDWR = 2;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int CLONE_NEWNET = 0x4000_0000;
    static final int EBUSY = 16;
    static final long MAP_FAILED = -1;
    static final long PAGE_BYTES = 4096;

    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MADV_HUGEPAGE = 14;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            CAPTURE.varHandle(StructLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN =
            checked("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
    private static final MethodHandle IOCTL =
            checked("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
    private static final MethodHandle SETNS =
            checked("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), -1);
    private static final MethodHandle SOCKET =
            checked("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), -1);
    private static final MethodHandle EVENTFD =
            checked("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), -1);
    private static final MethodHandle AFFINITY =
            checked(
                    "sched_setaffinity",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                    -1);
    private static final MethodHandle CLOSE =
            plain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            plain("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WRITE =
            plain("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle POLL =
            plain("poll", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle GETSOCKNAME =
            plain("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GETSOCKOPT =
            plain(
                    "getsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle MMAP =
            plain(
                    "mmap",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                            JAVA_LONG));
    private static final MethodHandle MPROTECT =
            plain("mprotect", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MADVISE =
            plain("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MUNMAP =
            plain("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle IF_NAMETOINDEX =
            plain("if_nametoindex", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle STRERROR =
            plain("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

    /// A system call failed.
    static final class SystemCallException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final int errno;

        SystemCallException(String what, int errno) {
            super(what + ": " + strerror(errno));
            this.errno = errno;
        }
    }

    private Libc() {}

    static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURE);
            return check(
                    "open " + path,
                    (int) OPEN.invokeExact(state, arena.allocateFrom(path), flags),
                    state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void ioctl(String what, int descriptor, long request, MemorySegment argument) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURE);
            check(what, (int) IOCTL.invokeExact(state, descriptor, request, argument), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void setns(String what, int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURE);
            check(what, (int) SETNS.invokeExact(state, descriptor, CLONE_NEWNET), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int socket(int domain, int type, int protocol) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURE);
            return check("socket", (int) SOCKET.invokeExact(state, domain, type, protocol), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int eventDescriptor() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURE);
            return check(
                    "eventfd", (int) EVENTFD.invokeExact(state, 0, O_NONBLOCK | O_CLOEXEC), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void setAffinity(MemorySegment mask) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURE);
            check(
                    "sched_setaffinity",
                    (int) AFFINITY.invokeExact(state, 0, mask.byteSize(), mask),
                    state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void close(int descriptor) {
        try {
            int ignored = (int) CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// The count of bytes read, negative on any error.
    static long read(int descriptor, long buffer, long bytes) {
        try {
            return (long) READ.invokeExact(descriptor, buffer, bytes);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// The count of bytes written, negative on any error.
    static long write(int descriptor, long buffer, long bytes) {
        try {
            return (long) WRITE.invokeExact(descriptor, buffer, bytes);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int poll(long descriptors, long count, int timeoutMillis) {
        try {
            return (int) POLL.invokeExact(descriptors, count, timeoutMillis);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int getsockopt(int descriptor, int level, int option, long value, long length) {
        try {
            return (int) GETSOCKOPT.invokeExact(descriptor, level, option, value, length);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int getsockname(int descriptor, MemorySegment address, MemorySegment length) {
        try {
            return (int) GETSOCKNAME.invokeExact(descriptor, address, length);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// The index of an interface in the thread's network namespace, 0 if there is none.
    static int interfaceIndex(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) IF_NAMETOINDEX.invokeExact(arena.allocateFrom(name));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// Anonymous zeroed pages to read and write, or [#MAP_FAILED].
    static long mapPages(long bytes) {
        int flags = MAP_PRIVATE | MAP_ANONYMOUS;
        try {
            return (long) MMAP.invokeExact(0L, bytes, PROT_READ | PROT_WRITE, flags, -1, 0L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void unmap(long address, long bytes) {
        try {
            int ignored = (int) MUNMAP.invokeExact(address, bytes);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// From written to executable, never both; negative if the kernel forbids it.
    static int makeExecutable(long address, long bytes) {
        try {
            return (int) MPROTECT.invokeExact(address, bytes, PROT_READ | PROT_EXEC);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// A wish: without it, or without support, the pages stay ordinary.
    static void adviseHugePages(long address, long bytes) {
        try {
            int ignored = (int) MADVISE.invokeExact(address, bytes, MADV_HUGEPAGE);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static String strerror(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(Short.MAX_VALUE).getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static int check(String what, int result, MemorySegment state) {
        if (result < 0) {
            throw new SystemCallException(what, (int) ERRNO.get(state, 0L));
        }
        return result;
    }

    private static MethodHandle checked(String name, FunctionDescriptor type, int variadicFrom) {
        Linker.Option errno = Linker.Option.captureCallState("errno");
        return variadicFrom < 0
                ? LINKER.downcallHandle(symbol(name), type, errno)
                : LINKER.downcallHandle(
                        symbol(name), type, errno, Linker.Option.firstVariadicArg(variadicFrom));
    }

    private static MethodHandle plain(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(symbol(name), type);
    }

    private static MemorySegment symbol(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library lacks " + name));
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof RuntimeException exception) {
            return exception;
        }
        throw new AssertionError("a downcall cannot throw", e);
    }
}
