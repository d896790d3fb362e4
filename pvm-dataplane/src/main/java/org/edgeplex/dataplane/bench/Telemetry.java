package org.edgeplex.dataplane.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The counters of another process's DPDK ports, by its telemetry socket (Programmer's Guide,
/// "Telemetry Library"). Java knows no socket of that kind (SOCK_SEQPACKET).
@SuppressWarnings("restricted")
final class Telemetry implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_SEQPACKET = 5;
    private static final int PATH_AT = 2;
    private static final int ADDRESS_BYTES = 110;
    private static final int ANSWER_BYTES_MAX = 16_384;

    private static final MethodHandle SOCKET = bind("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CONNECT = bind("connect", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle READ = bindLong("read");
    private static final MethodHandle WRITE = bindLong("write");
    private static final MethodHandle CLOSE = bind("close", JAVA_INT);

    private final int socket;

    private Telemetry(int socket) {
        this.socket = socket;
    }

    private static MethodHandle bind(String name, MemoryLayout... arguments) {
        return bind(name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MethodHandle bindLong(String name) {
        return bind(name, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    }

    private static MethodHandle bind(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }

    /// Connects to a process that was started with this `--file-prefix`.
    ///
    /// @throws IllegalStateException if it does not listen (yet)
    static Telemetry connect(String filePrefix) {
        Path path = Path.of("/var/run/dpdk", filePrefix, "dpdk_telemetry.v2");
        try (Arena arena = Arena.ofConfined()) {
            int socket = (int) SOCKET.invokeExact(AF_UNIX, SOCK_SEQPACKET, 0);
            MemorySegment address = arena.allocate(ADDRESS_BYTES);
            address.set(JAVA_SHORT, 0, (short) AF_UNIX);
            address.setString(PATH_AT, path.toString());
            Telemetry telemetry = new Telemetry(socket);
            if ((int) CONNECT.invokeExact(socket, address, ADDRESS_BYTES) < 0) {
                telemetry.close();
                throw new IllegalStateException("nobody listens at " + path);
            }
            String ignored = telemetry.read(arena); // it greets
            return telemetry;
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall cannot throw", e);
        }
    }

    private String read(Arena arena) throws Throwable {
        MemorySegment answer = arena.allocate(ANSWER_BYTES_MAX);
        long bytes = (long) READ.invokeExact(socket, answer, (long) ANSWER_BYTES_MAX);
        if (bytes <= 0) {
            throw new IllegalStateException("the process has gone");
        }
        byte[] text = answer.asSlice(0, bytes).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        return new String(text, StandardCharsets.UTF_8);
    }

    /// A counter of a port, such as `ipackets`.
    long counter(int port, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment question = arena.allocateFrom("/ethdev/stats," + port);
            long ignored = (long) WRITE.invokeExact(socket, question, question.byteSize() - 1);
            String answer = read(arena);
            Matcher matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(answer);
            if (!matcher.find()) {
                throw new IllegalStateException("no " + name + " in " + answer);
            }
            return Long.parseLong(matcher.group(1));
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall cannot throw", e);
        }
    }

    @Override
    public void close() {
        try {
            int ignored = (int) CLOSE.invokeExact(socket);
        } catch (Throwable e) {
            throw new AssertionError("a downcall cannot throw", e);
        }
    }
}
