package org.edgeplex.dataplane.packet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_CHAR_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Every access of the packet path to memory outside the heap goes through this class.
///
/// Two modes, chosen by a constant that the JIT compiler folds: `jdk.internal.misc.Unsafe` where
/// the JVM was started with `--add-exports java.base/jdk.internal.misc=ALL-UNNAMED`, else a
/// [MemorySegment] that spans the address space (supported API, about a quarter slower;
/// `-Dedgeplex.memory=segment` asks for it).
///
/// What one thread writes and another reads without a lock goes through the accessors named
/// `Acquire`, `Consume` and `Release`, at aligned addresses: a reader that sees the released value
/// sees all that was written before it. On x86-64 they cost what plain accesses do.
///
/// Who *acquires* sees it in whatever it reads afterwards; who *consumes*, only in what it finds by
/// way of the value: in accesses whose address comes from it. x86-64 keeps loads in order, and
/// HotSpot does not make a load before the one that its address comes from, so a plain load will
/// do. Who decides by what it did *not* find has no such address, and needs a fence. An acquiring
/// load tells the compiler to forget all it knows of memory, and in a loop over a burst that is
/// dear: fields, arrays and their lengths are loaded again for each packet.
public final class Memory {
    private static final boolean UNSAFE =
            !"segment".equals(System.getProperty("edgeplex.memory"))
                    && Object.class
                            .getModule()
                            .isExported("jdk.internal.misc", Memory.class.getModule());

    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final VarHandle SHORT = JAVA_SHORT.varHandle();
    private static final VarHandle INT = JAVA_INT.varHandle();
    private static final VarHandle LONG = JAVA_LONG.varHandle();

    static {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new ExceptionInInitializerError("the data plane needs a little-endian machine");
        }
    }

    /// Apart, so that a JVM without the export never links it.
    private static final class Internal {
        static final jdk.internal.misc.Unsafe UNSAFE = jdk.internal.misc.Unsafe.getUnsafe();
    }

    private Memory() {}

    /// How memory is read, for the log.
    public static String mode() {
        return UNSAFE ? "unsafe" : "segment";
    }

    /// An unsigned byte.
    public static int getByte(long address) {
        return (UNSAFE ? Internal.UNSAFE.getByte(address) : ALL.get(JAVA_BYTE, address)) & 0xff;
    }

    /// An unsigned 16-bit number in the machine's order.
    public static int getShort(long address) {
        return nativeChar(address);
    }

    /// An unsigned 16-bit number in network order.
    public static int getShortBig(long address) {
        return Character.reverseBytes(nativeChar(address));
    }

    private static char nativeChar(long address) {
        return UNSAFE ? Internal.UNSAFE.getChar(address) : ALL.get(JAVA_CHAR_UNALIGNED, address);
    }

    public static int getInt(long address) {
        return UNSAFE ? Internal.UNSAFE.getInt(address) : ALL.get(JAVA_INT_UNALIGNED, address);
    }

    public static int getIntBig(long address) {
        return Integer.reverseBytes(getInt(address));
    }

    public static long getLong(long address) {
        return UNSAFE ? Internal.UNSAFE.getLong(address) : ALL.get(JAVA_LONG_UNALIGNED, address);
    }

    public static long getLongBig(long address) {
        return Long.reverseBytes(getLong(address));
    }

    /// The lowest 8 bits of the value.
    public static void putByte(long address, int value) {
        if (UNSAFE) {
            Internal.UNSAFE.putByte(address, (byte) value);
        } else {
            ALL.set(JAVA_BYTE, address, (byte) value);
        }
    }

    /// The lowest 16 bits of the value in the machine's order.
    public static void putShort(long address, int value) {
        if (UNSAFE) {
            Internal.UNSAFE.putShort(address, (short) value);
        } else {
            ALL.set(JAVA_SHORT_UNALIGNED, address, (short) value);
        }
    }

    /// The lowest 16 bits of the value in network order.
    public static void putShortBig(long address, int value) {
        putShort(address, Short.reverseBytes((short) value));
    }

    public static void putInt(long address, int value) {
        if (UNSAFE) {
            Internal.UNSAFE.putInt(address, value);
        } else {
            ALL.set(JAVA_INT_UNALIGNED, address, value);
        }
    }

    public static void putIntBig(long address, int value) {
        putInt(address, Integer.reverseBytes(value));
    }

    public static void putLong(long address, long value) {
        if (UNSAFE) {
            Internal.UNSAFE.putLong(address, value);
        } else {
            ALL.set(JAVA_LONG_UNALIGNED, address, value);
        }
    }

    public static void putLongBig(long address, long value) {
        putLong(address, Long.reverseBytes(value));
    }

    public static int getIntAcquire(long address) {
        return UNSAFE
                ? Internal.UNSAFE.getIntAcquire(null, address)
                : (int) INT.getAcquire(ALL, address);
    }

    public static long getLongAcquire(long address) {
        return UNSAFE
                ? Internal.UNSAFE.getLongAcquire(null, address)
                : (long) LONG.getAcquire(ALL, address);
    }

    public static int getIntConsume(long address) {
        return UNSAFE ? Internal.UNSAFE.getInt(address) : ALL.get(JAVA_INT, address);
    }

    public static long getLongConsume(long address) {
        return UNSAFE ? Internal.UNSAFE.getLong(address) : ALL.get(JAVA_LONG, address);
    }

    public static void putShortRelease(long address, int value) {
        if (UNSAFE) {
            Internal.UNSAFE.putShortRelease(null, address, (short) value);
        } else {
            SHORT.setRelease(ALL, address, (short) value);
        }
    }

    public static void putIntRelease(long address, int value) {
        if (UNSAFE) {
            Internal.UNSAFE.putIntRelease(null, address, value);
        } else {
            INT.setRelease(ALL, address, value);
        }
    }

    public static void putLongRelease(long address, long value) {
        if (UNSAFE) {
            Internal.UNSAFE.putLongRelease(null, address, value);
        } else {
            LONG.setRelease(ALL, address, value);
        }
    }

    public static void copy(long from, long to, long bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    public static void copy(byte[] from, long to) {
        MemorySegment.copy(from, 0, ALL, JAVA_BYTE, to, from.length);
    }

    public static byte[] bytes(long from, int count) {
        byte[] bytes = new byte[count];
        MemorySegment.copy(ALL, JAVA_BYTE, from, bytes, 0, count);
        return bytes;
    }
}
