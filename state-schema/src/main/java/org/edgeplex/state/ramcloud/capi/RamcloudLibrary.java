package org.edgeplex.state.ramcloud.capi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// The functions of `libramcloud.so` that the client uses, as `CRamCloud.h` declares them.
///
/// Clients, enumerations and the objects of multi-operations are opaque addresses; every `int` is a
/// [Status]. Nothing is checked here: an address that is not valid ends the process.
///
/// The handles take a function's address first: so they are constants, which the JIT compiler turns
/// into plain calls, and the library is still named at run time.
@SuppressWarnings("restricted")
final class RamcloudLibrary {
    /// Where a place is optional, there is none.
    static final long NONE = 0;

    /// Of the enumeration `MultiOp`. The library does other operations in batches too, but does not
    /// do them exactly once: they are not used.
    private static final int MULTI_OP_READ = 1;

    private static final Linker LINKER = Linker.nativeLinker();

    /// Of functions that only touch memory, and return at once.
    private static final Linker.Option BRIEF = Linker.Option.critical(false);

    private static final MethodHandle CONNECT = returningInt(ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle CREATE_TABLE = returningInt(JAVA_LONG, ADDRESS, JAVA_INT);
    private static final MethodHandle GET_TABLE_ID = returningInt(JAVA_LONG, ADDRESS, JAVA_LONG);
    private static final MethodHandle READ =
            returningInt(
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_SHORT,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_INT,
                    JAVA_LONG);
    private static final MethodHandle WRITE =
            returningInt(
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_SHORT,
                    JAVA_LONG,
                    JAVA_INT,
                    JAVA_LONG,
                    JAVA_LONG);
    private static final MethodHandle REMOVE =
            returningInt(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_SHORT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle INCREMENT =
            returningInt(
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_SHORT,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG);
    private static final MethodHandle ENUMERATE_PREPARE =
            returningVoid(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle ENUMERATE_NEXT =
            returningInt(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    /// Of `rc_disconnect` and `rc_enumerateTableFinalize`.
    private static final MethodHandle END = returningVoid(JAVA_LONG);

    private static final MethodHandle MULTI_READ_CREATE =
            brief(
                    FunctionDescriptor.ofVoid(
                            JAVA_LONG,
                            JAVA_LONG,
                            JAVA_SHORT,
                            JAVA_LONG,
                            JAVA_INT,
                            JAVA_LONG,
                            JAVA_LONG));

    private static final MethodHandle MULTI_READ = returningVoid(JAVA_LONG, JAVA_LONG, JAVA_INT);

    private static final MethodHandle MULTI_OP_SIZE_OF =
            brief(FunctionDescriptor.of(JAVA_SHORT, JAVA_INT));
    private static final MethodHandle MULTI_OP_STATUS =
            brief(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MULTI_OP_VERSION =
            brief(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MULTI_OP_DESTROY =
            brief(FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_INT));

    private final Symbols symbols;

    private RamcloudLibrary(Symbols symbols) {
        this.symbols = symbols;
    }

    /// Fails with [StoreException], which says what to set.
    static RamcloudLibrary load(Path file) {
        return new RamcloudLibrary(Symbols.load(file));
    }

    /// @param client where the client's address is put
    int connect(MemorySegment locator, MemorySegment cluster, long client) {
        try {
            return (int) CONNECT.invokeExact(symbols.connect, locator, cluster, client);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    void disconnect(long client) {
        try {
            END.invokeExact(symbols.disconnect, client);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    int createTable(long client, MemorySegment name, int serverSpan) {
        try {
            return (int) CREATE_TABLE.invokeExact(symbols.createTable, client, name, serverSpan);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    int getTableId(long client, MemorySegment name, long id) {
        try {
            return (int) GET_TABLE_ID.invokeExact(symbols.getTableId, client, name, id);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    /// Copies as much of the value as there is place for; the length is the value's in any case.
    int read(
            long client,
            long table,
            long key,
            int keyLength,
            long version,
            long value,
            int valueBytes,
            long length) {
        try {
            return (int)
                    READ.invokeExact(
                            symbols.read,
                            client,
                            table,
                            key,
                            (short) keyLength,
                            NONE,
                            version,
                            value,
                            valueBytes,
                            length);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    /// Sets the version also when the write is rejected: the one that is there, 0 for none.
    int write(
            long client,
            long table,
            long key,
            int keyLength,
            long value,
            int valueLength,
            long rules,
            long version) {
        try {
            return (int)
                    WRITE.invokeExact(
                            symbols.write,
                            client,
                            table,
                            key,
                            (short) keyLength,
                            value,
                            valueLength,
                            rules,
                            version);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    /// As [#write].
    int remove(long client, long table, long key, int keyLength, long rules, long version) {
        try {
            return (int)
                    REMOVE.invokeExact(
                            symbols.remove, client, table, key, (short) keyLength, rules, version);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    int increment(long client, long table, long key, int keyLength, long delta, long sum) {
        try {
            return (int)
                    INCREMENT.invokeExact(
                            symbols.increment,
                            client,
                            table,
                            key,
                            (short) keyLength,
                            delta,
                            NONE,
                            NONE,
                            sum);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    /// @param enumeration where its address is put
    void enumeratePrepare(long client, long table, boolean keysOnly, long enumeration) {
        try {
            ENUMERATE_PREPARE.invokeExact(
                    symbols.enumeratePrepare, client, table, keysOnly ? 1 : 0, enumeration);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    /// Puts lengths (4 octets) and addresses: a key's address of 0 is the end.
    int enumerateNext(
            long client, long enumeration, long keyLength, long key, long valueLength, long value) {
        try {
            return (int)
                    ENUMERATE_NEXT.invokeExact(
                            symbols.enumerateNext,
                            client,
                            enumeration,
                            keyLength,
                            key,
                            valueLength,
                            value);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    void enumerateFinalize(long enumeration) {
        try {
            END.invokeExact(symbols.enumerateFinalize, enumeration);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    /// @param object where it is made: it keeps all addresses
    void multiReadCreate(
            long table,
            long key,
            int keyLength,
            long value,
            int valueBytes,
            long length,
            long object) {
        try {
            MULTI_READ_CREATE.invokeExact(
                    symbols.multiReadCreate,
                    table,
                    key,
                    (short) keyLength,
                    value,
                    valueBytes,
                    length,
                    object);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    /// Reads what the objects say.
    ///
    /// @param objects where their addresses are
    void multiRead(long client, long objects, int count) {
        try {
            MULTI_READ.invokeExact(symbols.multiRead, client, objects, count);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    int multiReadSizeOf() {
        try {
            return Short.toUnsignedInt(
                    (short) MULTI_OP_SIZE_OF.invokeExact(symbols.multiOpSizeOf, MULTI_OP_READ));
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    int multiReadStatus(long object) {
        try {
            return (int) MULTI_OP_STATUS.invokeExact(symbols.multiOpStatus, object, MULTI_OP_READ);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    long multiReadVersion(long object) {
        try {
            return (long)
                    MULTI_OP_VERSION.invokeExact(symbols.multiOpVersion, object, MULTI_OP_READ);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    void multiReadDestroy(long object) {
        try {
            MULTI_OP_DESTROY.invokeExact(symbols.multiOpDestroy, object, MULTI_OP_READ);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    /// What the library points to: borrowed, until its next call.
    static MemorySegment borrowed(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    private static MethodHandle returningInt(MemoryLayout... parameters) {
        return LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, parameters));
    }

    private static MethodHandle returningVoid(MemoryLayout... parameters) {
        return LINKER.downcallHandle(FunctionDescriptor.ofVoid(parameters));
    }

    private static MethodHandle brief(FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(descriptor, BRIEF);
    }

    private static AssertionError thrown(Throwable t) {
        return new AssertionError("a downcall cannot throw", t);
    }
}
