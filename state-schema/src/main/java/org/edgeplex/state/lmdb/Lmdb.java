package org.edgeplex.state.lmdb;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The functions of liblmdb that the engine uses, as `lmdb.h` of release 0.9 declares them.
///
/// Environments, transactions and cursors are opaque addresses. Every `int` is 0, one of the error
/// numbers below, or an errno. Nothing is checked here: a transaction that has ended, or memory
/// that is too small, ends the process. Memory goes as an address where a call is frequent, since a
/// segment of a shared arena would be held and let go by every call: whoever calls keeps it.
@SuppressWarnings("restricted")
final class Lmdb {
    // Of mdb_env_open.
    static final int NO_SYNC = 0x10000;
    static final int WRITE_MAP = 0x80000;
    static final int NO_TLS = 0x200000;

    // Of mdb_txn_begin, mdb_dbi_open, mdb_put and mdb_cursor_put.
    static final int READ_ONLY = 0x20000;
    static final int CREATE = 0x40000;
    static final int RESERVE = 0x10000;
    static final int APPEND = 0x20000;
    static final int CURRENT = 0x40;

    // MDB_cursor_op.
    static final int FIRST = 0;
    static final int LAST = 6;
    static final int NEXT = 8;
    static final int SET = 15;
    static final int SET_RANGE = 17;

    static final int NOT_FOUND = -30798;

    /// `MDB_val`: a length and an address.
    static final MemoryLayout VAL =
            MemoryLayout.structLayout(JAVA_LONG.withName("size"), JAVA_LONG.withName("data"));

    private static final long VAL_DATA = 8;

    /// `MDB_envinfo`, and the two of its members that are read.
    static final long ENV_INFO_BYTES = 40;

    static final long ENV_INFO_LAST_PAGE = 16;
    static final long ENV_INFO_LAST_TRANSACTION = 24;

    /// `MDB_stat` likewise.
    static final long STAT_BYTES = 48;

    static final long STAT_PAGE_SIZE = 0;
    static final long STAT_ENTRIES = 32;

    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final SymbolLookup LIBRARY = LmdbLibrary.load();
    private static final Linker LINKER = Linker.nativeLinker();

    /// Of all functions, whatever they take and give: making the code for a shape costs some five
    /// milliseconds of a program's start. The processors that we run on pass the first words in
    /// registers, and the caller cleans up: a function takes what it knows of them, and what it
    /// returns is as many of the lower bits as its type has.
    private static final FunctionDescriptor WORDS =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle ENV_CREATE = bind("mdb_env_create");
    private static final MethodHandle ENV_SET_MAPSIZE = bind("mdb_env_set_mapsize");
    private static final MethodHandle ENV_SET_MAXREADERS = bind("mdb_env_set_maxreaders");
    private static final MethodHandle ENV_SET_MAXDBS = bind("mdb_env_set_maxdbs");
    private static final MethodHandle ENV_SET_FLAGS = bind("mdb_env_set_flags");
    private static final MethodHandle ENV_OPEN = bind("mdb_env_open");
    private static final MethodHandle ENV_CLOSE = bind("mdb_env_close");
    private static final MethodHandle ENV_INFO = bind("mdb_env_info");
    private static final MethodHandle ENV_STAT = bind("mdb_env_stat");
    private static final MethodHandle ENV_GET_FD = bind("mdb_env_get_fd");
    private static final MethodHandle READER_CHECK = bind("mdb_reader_check");
    private static final MethodHandle TXN_BEGIN = bind("mdb_txn_begin");
    private static final MethodHandle TXN_ID = bind("mdb_txn_id");
    private static final MethodHandle TXN_COMMIT = bind("mdb_txn_commit");
    private static final MethodHandle TXN_ABORT = bind("mdb_txn_abort");
    private static final MethodHandle TXN_RESET = bind("mdb_txn_reset");
    private static final MethodHandle TXN_RENEW = bind("mdb_txn_renew");
    private static final MethodHandle DBI_OPEN = bind("mdb_dbi_open");
    private static final MethodHandle GET = bind("mdb_get");
    private static final MethodHandle PUT = bind("mdb_put");
    private static final MethodHandle CURSOR_OPEN = bind("mdb_cursor_open");
    private static final MethodHandle CURSOR_GET = bind("mdb_cursor_get");
    private static final MethodHandle CURSOR_PUT = bind("mdb_cursor_put");
    private static final MethodHandle CURSOR_DEL = bind("mdb_cursor_del");
    private static final MethodHandle CURSOR_CLOSE = bind("mdb_cursor_close");
    private static final MethodHandle STRERROR = bind("mdb_strerror");

    /// fallocate(2) of the C library, with its errno; apart, as few programs need it.
    private static final class Allocation {
        private static final MethodHandle FALLOCATE =
                LINKER.downcallHandle(
                        LINKER.defaultLookup().findOrThrow("fallocate"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG),
                        Linker.Option.captureCallState("errno"));
        private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERRNO =
                STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    }

    private Lmdb() {}

    static int envCreate(MemorySegment result) {
        return (int) call(ENV_CREATE, result.address());
    }

    static int envSetMapSize(long env, long bytes) {
        return (int) call(ENV_SET_MAPSIZE, env, bytes);
    }

    static int envSetMaxReaders(long env, int readers) {
        return (int) call(ENV_SET_MAXREADERS, env, readers);
    }

    static int envSetMaxDatabases(long env, int databases) {
        return (int) call(ENV_SET_MAXDBS, env, databases);
    }

    static int envSetFlags(long env, int flags, boolean on) {
        return (int) call(ENV_SET_FLAGS, env, flags, on ? 1 : 0);
    }

    static int envOpen(long env, MemorySegment path, int flags, int mode) {
        return (int) call(ENV_OPEN, env, path.address(), flags, mode);
    }

    static void envClose(long env) {
        long ignored = call(ENV_CLOSE, env);
    }

    static int envInfo(long env, MemorySegment info) {
        return (int) call(ENV_INFO, env, info.address());
    }

    static int envStat(long env, MemorySegment stat) {
        return (int) call(ENV_STAT, env, stat.address());
    }

    static int envGetFd(long env, MemorySegment result) {
        return (int) call(ENV_GET_FD, env, result.address());
    }

    static int readerCheck(long env, MemorySegment dead) {
        return (int) call(READER_CHECK, env, dead.address());
    }

    static int txnBegin(long env, int flags, MemorySegment result) {
        return (int) call(TXN_BEGIN, env, 0L, flags, result.address());
    }

    static long txnId(long txn) {
        return call(TXN_ID, txn);
    }

    static int txnCommit(long txn) {
        return (int) call(TXN_COMMIT, txn);
    }

    static void txnAbort(long txn) {
        long ignored = call(TXN_ABORT, txn);
    }

    static void txnReset(long txn) {
        long ignored = call(TXN_RESET, txn);
    }

    static int txnRenew(long txn) {
        return (int) call(TXN_RENEW, txn);
    }

    static int dbiOpen(long txn, MemorySegment name, int flags, MemorySegment result) {
        return (int) call(DBI_OPEN, txn, name.address(), flags, result.address());
    }

    static int get(long txn, int dbi, MemorySegment key, MemorySegment value) {
        return (int) call(GET, txn, dbi, key.address(), value.address());
    }

    static int put(long txn, int dbi, MemorySegment key, MemorySegment value, int flags) {
        return (int) call(PUT, txn, dbi, key.address(), value.address(), flags);
    }

    static int cursorOpen(long txn, int dbi, MemorySegment result) {
        return (int) call(CURSOR_OPEN, txn, dbi, result.address());
    }

    static int cursorGet(long cursor, MemorySegment key, MemorySegment value, int operation) {
        return (int) call(CURSOR_GET, cursor, key.address(), value.address(), operation);
    }

    static int cursorPut(long cursor, MemorySegment key, MemorySegment value, int flags) {
        return (int) call(CURSOR_PUT, cursor, key.address(), value.address(), flags);
    }

    static int cursorDel(long cursor) {
        return (int) call(CURSOR_DEL, cursor, 0L);
    }

    static void cursorClose(long cursor) {
        long ignored = call(CURSOR_CLOSE, cursor);
    }

    static String errorText(int error) {
        MemorySegment text = MemorySegment.ofAddress(call(STRERROR, error));
        return text.reinterpret(1_024).getString(0);
    }

    /// Gives a range of a file its disk blocks. Returns 0 or an errno.
    static int allocate(int fd, long offset, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Allocation.STATE);
            int result = (int) Allocation.FALLOCATE.invokeExact(state, fd, 0, offset, bytes);
            return result == 0 ? 0 : (int) Allocation.ERRNO.get(state, 0L);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    /// What an `MDB_val` that the library filled points to: valid until the transaction ends.
    static MemorySegment pointedTo(MemorySegment val) {
        return MEMORY.asSlice(val.get(JAVA_LONG, VAL_DATA), val.get(JAVA_LONG, 0));
    }

    static void point(MemorySegment val, MemorySegment data, long bytes) {
        val.set(JAVA_LONG, 0, bytes);
        val.set(JAVA_LONG, VAL_DATA, data.address());
    }

    private static MethodHandle bind(String name) {
        return bind(LIBRARY, name);
    }

    /// A function of integers and addresses, five at most.
    static MethodHandle bind(SymbolLookup library, String name) {
        return LINKER.downcallHandle(library.findOrThrow(name), WORDS);
    }

    static long call(MethodHandle function, long first) {
        return call(function, first, 0, 0, 0, 0);
    }

    static long call(MethodHandle function, long first, long second) {
        return call(function, first, second, 0, 0, 0);
    }

    private static long call(MethodHandle function, long first, long second, long third) {
        return call(function, first, second, third, 0, 0);
    }

    private static long call(
            MethodHandle function, long first, long second, long third, long fourth) {
        return call(function, first, second, third, fourth, 0);
    }

    private static long call(
            MethodHandle function, long first, long second, long third, long fourth, long fifth) {
        try {
            return (long) function.invokeExact(first, second, third, fourth, fifth);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    private static AssertionError thrown(Throwable t) {
        return new AssertionError("a downcall cannot throw", t);
    }
}
