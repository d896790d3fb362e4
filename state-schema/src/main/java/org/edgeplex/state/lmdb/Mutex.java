package org.edgeplex.state.lmdb;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.edgeplex.state.StoreException;

/// `pthread_mutex_t`, shared by processes and robust: when its holder dies, the next one gets it.
@SuppressWarnings("restricted")
final class Mutex {
    /// More than it has on any processor.
    static final long BYTES = 64;

    private static final long ATTRIBUTES_BYTES = 64;

    // Of glibc's pthread.h.
    private static final int PROCESS_SHARED = 1;
    private static final int ROBUST = 1;

    private static final int OWNER_DEAD = 130;
    private static final int BUSY = 16;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle CONSISTENT = bind("pthread_mutex_consistent", JAVA_LONG);
    private static final MethodHandle LOCK = bind("pthread_mutex_lock", JAVA_LONG);
    private static final MethodHandle TRY_LOCK = bind("pthread_mutex_trylock", JAVA_LONG);
    private static final MethodHandle UNLOCK = bind("pthread_mutex_unlock", JAVA_LONG);

    private Mutex() {}

    static void make(MemorySegment mutex) {
        Maker.make(mutex);
    }

    static void lock(MemorySegment mutex) {
        try {
            taken(mutex, (int) LOCK.invokeExact(mutex.address()));
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static boolean tryLock(MemorySegment mutex) {
        try {
            int error = (int) TRY_LOCK.invokeExact(mutex.address());
            if (error == BUSY) {
                return false;
            }
            taken(mutex, error);
            return true;
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    static void unlock(MemorySegment mutex) {
        try {
            check((int) UNLOCK.invokeExact(mutex.address()));
        } catch (Throwable t) {
            throw thrown(t);
        }
    }

    /// What it guards needs no repair: LMDB has its own lock below, and mends what is there.
    private static void taken(MemorySegment mutex, int error) throws Throwable {
        if (error == OWNER_DEAD) {
            check((int) CONSISTENT.invokeExact(mutex.address()));
        } else {
            check(error);
        }
    }

    private static void check(int error) {
        if (error != 0) {
            throw new StoreException("the store's write lock does not work: error " + error);
        }
    }

    private static MethodHandle bind(String name, MemoryLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(JAVA_INT, parameters));
    }

    /// Apart, since one process of a boot makes it and all others would bind the functions too.
    private static final class Maker {
        private static final MethodHandle INIT = bind("pthread_mutex_init", ADDRESS, ADDRESS);
        private static final MethodHandle ATTRIBUTES_INIT = bind("pthread_mutexattr_init", ADDRESS);
        private static final MethodHandle SET_SHARED =
                bind("pthread_mutexattr_setpshared", ADDRESS, JAVA_INT);
        private static final MethodHandle SET_ROBUST =
                bind("pthread_mutexattr_setrobust", ADDRESS, JAVA_INT);

        static void make(MemorySegment mutex) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
                check((int) ATTRIBUTES_INIT.invokeExact(attributes));
                check((int) SET_SHARED.invokeExact(attributes, PROCESS_SHARED));
                check((int) SET_ROBUST.invokeExact(attributes, ROBUST));
                check((int) INIT.invokeExact(mutex, attributes));
            } catch (Throwable t) {
                throw thrown(t);
            }
        }
    }

    private static RuntimeException thrown(Throwable t) {
        if (t instanceof StoreException e) {
            return e;
        }
        throw new AssertionError("a downcall cannot throw", t);
    }
}
