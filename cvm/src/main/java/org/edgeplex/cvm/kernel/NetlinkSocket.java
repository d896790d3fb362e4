package org.edgeplex.cvm.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// A netlink route socket by the C library. Used by one thread; a receive waits at most a second.
@SuppressWarnings("restricted")
final class NetlinkSocket implements AutoCloseable {
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ENOBUFS = 105;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int NETLINK_ROUTE = 0;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int SOCKADDR_NL_BYTES = 12;
    private static final int RECEIVE_BYTES = 1 << 17;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MethodHandle SOCKET =
            call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            call("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            call(
                    "setsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SEND =
            call("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECV =
            call("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CLOSE =
            call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final VarHandle ERRNO_VALUE =
            Linker.Option.captureStateLayout()
                    .varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errnoState = arena.allocate(Linker.Option.captureStateLayout());
    private final MemorySegment buffer = arena.allocate(RECEIVE_BYTES, 8);
    private final int fd;

    /// @param groups multicast groups, a bit mask (RTMGRP_*); 0: only answers
    NetlinkSocket(int groups) throws IOException {
        fd =
                (int)
                        checked(
                                "socket",
                                invoke(SOCKET, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
        MemorySegment address = arena.allocate(SOCKADDR_NL_BYTES, 4);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_NETLINK);
        address.set(JAVA_INT, 8, groups);
        checked("bind", invoke(BIND, fd, address, SOCKADDR_NL_BYTES));
        MemorySegment oneSecond = arena.allocate(16, 8);
        oneSecond.set(JAVA_LONG, 0, 1);
        checked("setsockopt", invoke(SETSOCKOPT, fd, SOL_SOCKET, SO_RCVTIMEO, oneSecond, 16));
    }

    void send(byte[] message) throws IOException {
        MemorySegment.copy(message, 0, buffer, JAVA_BYTE, 0, message.length);
        checked("send", invoke(SEND, fd, buffer, (long) message.length, 0));
    }

    /// Returns a datagram; empty when none came within a second.
    byte[] receive() throws IOException {
        return receive(0);
    }

    /// Throws away what has come already.
    void drain() throws IOException {
        while (receive(MSG_DONTWAIT).length > 0) {
            // nothing to do with it
        }
    }

    private byte[] receive(int flags) throws IOException {
        long count = invoke(RECV, fd, buffer, (long) RECEIVE_BYTES, flags);
        // A receive with a timeout is not restarted after a signal (signal(7)).
        if (count < 0 && (errno() == EAGAIN || errno() == EINTR)) {
            return new byte[0];
        }
        checked("recv", count);
        return buffer.asSlice(0, count).toArray(JAVA_BYTE);
    }

    @Override
    public void close() {
        invoke(CLOSE, fd);
        arena.close();
    }

    private static MethodHandle call(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, ERRNO);
    }

    /// Calls with the place for errno in front; int results are widened.
    private long invoke(MethodHandle function, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = errnoState;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try {
            return ((Number) function.invokeWithArguments(all)).longValue();
        } catch (Throwable t) {
            throw new AssertionError("a downcall cannot throw", t);
        }
    }

    private int errno() {
        return (int) ERRNO_VALUE.get(errnoState, 0L);
    }

    private long checked(String name, long result) throws IOException {
        if (result < 0) {
            throw new NetlinkException(name, errno());
        }
        return result;
    }

    /// A system call failed.
    static final class NetlinkException extends IOException {
        private static final long serialVersionUID = 1L;

        private final int errno;

        NetlinkException(String call, int errno) {
            super("netlink " + call + ": errno " + errno);
            this.errno = errno;
        }

        int errno() {
            return errno;
        }
    }
}
