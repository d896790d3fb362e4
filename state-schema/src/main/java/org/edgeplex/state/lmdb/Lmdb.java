package org.edgeplex.state.lmdb;

import static java.lang.foreign.ValueLayout.ADDRESS;
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

    // Of mdb_txn_begin, mdb_dbi_open and mdb_put.
    static final int READ_ONLY = 0x20000;
    static final int CREATE = 0x40000;
    static final int RESERVE = 0x10000;
    static final int APPEND = 0x20000;

    // MDB_cursor_op.
    static final int FIRST = 0;
    static final int LAST = 6;
    static final int NEXT = 8;
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

    private static final MethodHandle ENV_CREATE = returningInt("mdb_env_create", ADDRESS);
    private static final MethodHandle ENV_SET_MAPSIZE =
            returningInt("mdb_env_set_mapsize", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ENV_SET_MAXREADERS =
            returningInt("mdb_env_set_maxreaders", JAVA_LONG, JAVA_INT);
    private static final MethodHandle ENV_SET_MAXDBS =
            returningInt("mdb_env_set_maxdbs", JAVA_LONG, JAVA_INT);
    private static final MethodHandle ENV_SET_FLAGS =
            returningInt("mdb_env_set_flags", JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle ENV_OPEN =
            returningInt("mdb_env_open", JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle ENV_CLOSE = returningVoid("mdb_env_close");
    private static final MethodHandle ENV_INFO = returningInt("mdb_env_info", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ENV_STAT = returningInt("mdb_env_stat", JAVA_LONG, ADDRESS);
    private static final MethodHandle ENV_GET_FD =
            returningInt("mdb_env_get_fd", JAVA_LONG, ADDRESS);
    private static final MethodHandle READER_CHECK =
            returningInt("mdb_reader_check", JAVA_LONG, ADDRESS);
    private static final MethodHandle TXN_BEGIN =
            returningInt("mdb_txn_begin", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle TXN_ID =
            bind("mdb_txn_id", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle TXN_COMMIT = returningInt("mdb_txn_commit", JAVA_LONG);
    private static final MethodHandle TXN_ABORT = returningVoid("mdb_txn_abort");
    private static final MethodHandle TXN_RESET = returningVoid("mdb_txn_reset");
    private static final MethodHandle TXN_RENEW = returningInt("mdb_txn_renew", JAVA_LONG);
    private static final MethodHandle DBI_OPEN =
            returningInt("mdb_dbi_open", JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle GET =
            returningInt("mdb_get", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PUT =
            returningInt("mdb_put", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle DEL =
            returningInt("mdb_del", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CURSOR_OPEN =
            returningInt("mdb_cursor_open", JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle CURSOR_GET =
            returningInt("mdb_cursor_get", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CURSOR_CLOSE = returningVoid("mdb_cursor_close");
    private static final MethodHandle STRERROR =
            bind("mdb_strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

    /// fallocate(2) of the C library, with its errno.
    private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();

    private static final VarHandle ERRNO =
            CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle FALLOCATE =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("fallocate"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG),
                    Linker.Option.captureCallState("errno"));

    private Lmdb() {}

    static int envCreate(MemorySegment result) {
        try {
            return (int) ENV_CREATE.invokeExact(result);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int envSetMapSize(long env, long bytes) {
        try {
            return (int) ENV_SET_MAPSIZE.invokeExact(env, bytes);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int envSetMaxReaders(long env, int readers) {
        try {
            return (int) ENV_SET_MAXREADERS.invokeExact(env, readers);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int envSetMaxDatabases(long env, int databases) {
        try {
            return (int) ENV_SET_MAXDBS.invokeExact(env, databases);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int envSetFlags(long env, int flags, boolean on) {
        try {
            return (int) ENV_SET_FLAGS.invokeExact(env, flags, on ? 1 : 0);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int envOpen(long env, MemorySegment path, int flags, int mode) {
        try {
            return (int) ENV_OPEN.invokeExact(env, path, flags, mode);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static void envClose(long env) {
        try {
            ENV_CLOSE.invokeExact(env);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int envInfo(long env, MemorySegment info) {
        try {
            return (int) ENV_INFO.invokeExact(env, info.address());
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int envStat(long env, MemorySegment stat) {
        try {
            return (int) ENV_STAT.invokeExact(env, stat);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int envGetFd(long env, MemorySegment result) {
        try {
            return (int) ENV_GET_FD.invokeExact(env, result);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int readerCheck(long env, MemorySegment dead) {
        try {
            return (int) READER_CHECK.invokeExact(env, dead);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int txnBegin(long env, int flags, MemorySegment result) {
        try {
            return (int) TXN_BEGIN.invokeExact(env, 0L, flags, result.address());
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static long txnId(long txn) {
        try {
            return (long) TXN_ID.invokeExact(txn);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int txnCommit(long txn) {
        try {
            return (int) TXN_COMMIT.invokeExact(txn);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static void txnAbort(long txn) {
        try {
            TXN_ABORT.invokeExact(txn);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static void txnReset(long txn) {
        try {
            TXN_RESET.invokeExact(txn);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int txnRenew(long txn) {
        try {
            return (int) TXN_RENEW.invokeExact(txn);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int dbiOpen(long txn, MemorySegment name, int flags, MemorySegment result) {
        try {
            return (int) DBI_OPEN.invokeExact(txn, name, flags, result);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int get(long txn, int dbi, MemorySegment key, MemorySegment value) {
        try {
            return (int) GET.invokeExact(txn, dbi, key.address(), value.address());
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int put(long txn, int dbi, MemorySegment key, MemorySegment value, int flags) {
        try {
            return (int) PUT.invokeExact(txn, dbi, key.address(), value.address(), flags);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int del(long txn, int dbi, MemorySegment key) {
        try {
            return (int) DEL.invokeExact(txn, dbi, key.address(), 0L);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int cursorOpen(long txn, int dbi, MemorySegment result) {
        try {
            return (int) CURSOR_OPEN.invokeExact(txn, dbi, result.address());
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static int cursorGet(long cursor, MemorySegment key, MemorySegment value, int operation) {
        try {
            return (int) CURSOR_GET.invokeExact(cursor, key.address(), value.address(), operation);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static void cursorClose(long cursor) {
        try {
            CURSOR_CLOSE.invokeExact(cursor);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static String errorText(int error) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(error);
            return text.reinterpret(1_024).getString(0);
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    /// Gives a range of a file its disk blocks. Returns 0 or an errno.
    static int allocate(int fd, long offset, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            int result = (int) FALLOCATE.invokeExact(state, fd, 0, offset, bytes);
            return result == 0 ? 0 : (int) ERRNO.get(state, 0L);
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

    private static MethodHandle returningInt(String name, MemoryLayout... parameters) {
        return bind(name, FunctionDescriptor.of(JAVA_INT, parameters));
    }

    private static MethodHandle returningVoid(String name) {
        return bind(name, FunctionDescriptor.ofVoid(JAVA_LONG));
    }

    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LIBRARY.findOrThrow(name), descriptor);
    }

    private static AssertionError thrown(Throwable t) {
        return new AssertionError("a downcall cannot throw", t);
    }
}
