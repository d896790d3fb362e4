package org.edgeplex.dataplane.io.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import org.edgeplex.dataplane.packet.Memory;

/// The C library, bound once. Constants are those of Linux on x86-64 and arm64.
@SuppressWarnings("restricted")
final class Libc {
    static final int O_RDWR = 2;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int CLONE_FS = 0x200;
    static final int CLONE_NEWNS = 0x2_0000;
    static final int CLONE_NEWNET = 0x4000_0000;
    static final int MS_RDONLY = 1;
    static final int MS_REC = 0x4000;
    static final int MS_SLAVE = 1 << 19;
    static final int EBUSY = 16;
    static final long MAP_FAILED = -1;
    static final long PAGE_BYTES = 4096;

    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MADV_HUGEPAGE = 14;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int PR_SET_TIMERSLACK = 29;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO = STATE.byteOffset(PathElement.groupElement("errno"));

    private static final MemorySegment OPEN = function("open");
    private static final MemorySegment IOCTL = function("ioctl");
    private static final MemorySegment SETNS = function("setns");
    private static final MemorySegment UNSHARE = function("unshare");
    private static final MemorySegment MOUNT = function("mount");
    private static final MemorySegment SOCKET = function("socket");
    private static final MemorySegment EVENTFD = function("eventfd");
    private static final MemorySegment SET_AFFINITY = function("sched_setaffinity");
    private static final MemorySegment GET_AFFINITY = function("sched_getaffinity");
    private static final MemorySegment CLOSE = function("close");
    private static final MemorySegment READ = function("read");
    private static final MemorySegment WRITE = function("write");
    private static final MemorySegment PPOLL = function("ppoll");
    private static final MemorySegment EPOLL_CREATE = function("epoll_create1");
    private static final MemorySegment EPOLL_CTL = function("epoll_ctl");
    private static final MemorySegment EPOLL_WAIT = function("epoll_wait");
    private static final MemorySegment PRCTL = function("prctl");
    private static final MemorySegment GETSOCKNAME = function("getsockname");
    private static final MemorySegment GETSOCKOPT = function("getsockopt");
    private static final MemorySegment MMAP = function("mmap");
    private static final MemorySegment MPROTECT = function("mprotect");
    private static final MemorySegment MADVISE = function("madvise");
    private static final MemorySegment MUNMAP = function("munmap");
    private static final MemorySegment IF_NAMETOINDEX = function("if_nametoindex");
    private static final MemorySegment STRERROR = function("strerror");

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
            return checked("open " + path, OPEN, arena.allocateFrom(path).address(), flags, 0, 0);
        }
    }

    static void ioctl(String what, int descriptor, long request, MemorySegment argument) {
        int ignored = checked(what, IOCTL, descriptor, request, argument.address(), 0);
    }

    /// Moves the calling thread into the namespace of the kind that an open file stands for.
    static void setns(String what, int descriptor, int kind) {
        int ignored = checked(what, SETNS, descriptor, kind, 0, 0);
    }

    /// The calling thread gets its own of what it shared with others.
    static void unshare(String what, int kinds) {
        int ignored = checked(what, UNSHARE, kinds, 0, 0, 0);
    }

    static void mount(String source, String target, String type, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored =
                    checked(
                            "mount " + target,
                            MOUNT,
                            arena.allocateFrom(source).address(),
                            arena.allocateFrom(target).address(),
                            arena.allocateFrom(type).address(),
                            flags);
        }
    }

    static int socket(int domain, int type, int protocol) {
        return checked("socket", SOCKET, domain, type, protocol, 0);
    }

    static int eventDescriptor() {
        return checked("eventfd", EVENTFD, 0, O_NONBLOCK | O_CLOEXEC, 0, 0);
    }

    static void setAffinity(MemorySegment mask) {
        int ignored =
                checked("sched_setaffinity", SET_AFFINITY, 0, mask.byteSize(), mask.address(), 0);
    }

    static void getAffinity(MemorySegment mask) {
        int ignored =
                checked("sched_getaffinity", GET_AFFINITY, 0, mask.byteSize(), mask.address(), 0);
    }

    static void close(int descriptor) {
        long ignored = Downcalls.call(CLOSE, descriptor, 0, 0);
    }

    /// The count of bytes read, negative on any error.
    static long read(int descriptor, long buffer, long bytes) {
        return Downcalls.call(READ, descriptor, buffer, bytes);
    }

    /// The count of bytes written, negative on any error.
    static long write(int descriptor, long buffer, long bytes) {
        return Downcalls.call(WRITE, descriptor, buffer, bytes);
    }

    /// @param timeout the address of a `struct timespec`
    static int poll(long descriptors, long count, long timeout) {
        return (int) Downcalls.call(PPOLL, descriptors, count, timeout, 0, 0, 0);
    }

    static int epollDescriptor() {
        return checked("epoll", EPOLL_CREATE, O_CLOEXEC, 0, 0, 0);
    }

    static void epollAdd(int epoll, int descriptor, long event) {
        int ignored = checked("epoll_ctl", EPOLL_CTL, epoll, EPOLL_CTL_ADD, descriptor, event);
    }

    /// Takes one event, if there is any.
    static void epollTake(int epoll, long event) {
        long ignored = Downcalls.call(EPOLL_WAIT, epoll, event, 1, 0, 0, 0);
    }

    /// A wish, for the calling thread.
    static void setTimerSlack(long nanos) {
        long ignored = Downcalls.call(PRCTL, PR_SET_TIMERSLACK, nanos, 0, 0, 0, 0);
    }

    static int getsockopt(int descriptor, int level, int option, long value, long length) {
        return (int) Downcalls.call(GETSOCKOPT, descriptor, level, option, value, length, 0);
    }

    static int getsockname(int descriptor, MemorySegment address, MemorySegment length) {
        return (int) Downcalls.call(GETSOCKNAME, descriptor, address.address(), length.address());
    }

    /// The index of an interface in the thread's network namespace, 0 if there is none.
    static int interfaceIndex(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) Downcalls.call(IF_NAMETOINDEX, arena.allocateFrom(name).address(), 0, 0);
        }
    }

    /// Anonymous zeroed pages to read and write, or [#MAP_FAILED].
    static long mapPages(long bytes) {
        int flags = MAP_PRIVATE | MAP_ANONYMOUS;
        return Downcalls.call(MMAP, 0, bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
    }

    static void unmap(long address, long bytes) {
        long ignored = Downcalls.call(MUNMAP, address, bytes, 0);
    }

    /// From written to executable, never both; negative if the kernel forbids it.
    static int makeExecutable(long address, long bytes) {
        return (int) Downcalls.call(MPROTECT, address, bytes, PROT_READ | PROT_EXEC);
    }

    /// A wish: without it, or without support, the pages stay ordinary.
    static void adviseHugePages(long address, long bytes) {
        long ignored = Downcalls.call(MADVISE, address, bytes, MADV_HUGEPAGE);
    }

    private static String strerror(int errno) {
        return MemorySegment.ofAddress(Downcalls.call(STRERROR, errno, 0, 0))
                .reinterpret(Short.MAX_VALUE)
                .getString(0);
    }

    /// A call that returns a negative `int` when it fails.
    ///
    /// On Linux a variadic function (open, ioctl) takes integers as any other does.
    private static int checked(
            String what, MemorySegment function, long first, long second, long third, long fourth) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) Downcalls.call(state, function, first, second, third, fourth);
            if (result < 0) {
                throw new SystemCallException(what, Memory.getInt(state.address() + ERRNO));
            }
            return result;
        }
    }

    private static MemorySegment function(String name) {
        return Downcalls.libraryFunction(name);
    }
}
