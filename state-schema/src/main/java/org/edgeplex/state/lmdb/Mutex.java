package org.edgeplex.state.lmdb;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.edgeplex.state.StoreException;

/// `pthread_mutex_t`, shared by processes and robust: when its holder dies, the next one gets it.
final class Mutex {
    /// More than it has on any processor.
    static final long BYTES = 64;

    private static final long ATTRIBUTES_BYTES = 64;

    // Of glibc's pthread.h.
    private static final int PROCESS_SHARED = 1;
    private static final int ROBUST = 1;

    private static final int OWNER_DEAD = 130;
    private static final int BUSY = 16;

    private static final MethodHandle CONSISTENT = bind("pthread_mutex_consistent");
    private static final MethodHandle LOCK = bind("pthread_mutex_lock");
    private static final MethodHandle TRY_LOCK = bind("pthread_mutex_trylock");
    private static final MethodHandle UNLOCK = bind("pthread_mutex_unlock");

    private Mutex() {}

    static void make(MemorySegment mutex) {
        Maker.make(mutex);
    }

    static void lock(MemorySegment mutex) {
        taken(mutex, (int) Lmdb.call(LOCK, mutex.address()));
    }

    static boolean tryLock(MemorySegment mutex) {
        int error = (int) Lmdb.call(TRY_LOCK, mutex.address());
        if (error == BUSY) {
            return false;
        }
        taken(mutex, error);
        return true;
    }

    static void unlock(MemorySegment mutex) {
        check((int) Lmdb.call(UNLOCK, mutex.address()));
    }

    /// What it guards needs no repair: LMDB has its own lock below, and mends what is there.
    private static void taken(MemorySegment mutex, int error) {
        check(error == OWNER_DEAD ? (int) Lmdb.call(CONSISTENT, mutex.address()) : error);
    }

    private static void check(int error) {
        if (error != 0) {
            throw new StoreException("the store's write lock does not work: error " + error);
        }
    }

    private static MethodHandle bind(String name) {
        return Lmdb.bind(Linker.nativeLinker().defaultLookup(), name);
    }

    /// Apart, since one process of a boot makes it and all others would bind the functions too.
    private static final class Maker {
        private static final MethodHandle INIT = bind("pthread_mutex_init");
        private static final MethodHandle ATTRIBUTES_INIT = bind("pthread_mutexattr_init");
        private static final MethodHandle SET_SHARED = bind("pthread_mutexattr_setpshared");
        private static final MethodHandle SET_ROBUST = bind("pthread_mutexattr_setrobust");

        static void make(MemorySegment mutex) {
            try (Arena arena = Arena.ofConfined()) {
                long attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES).address();
                check((int) Lmdb.call(ATTRIBUTES_INIT, attributes));
                check((int) Lmdb.call(SET_SHARED, attributes, PROCESS_SHARED));
                check((int) Lmdb.call(SET_ROBUST, attributes, ROBUST));
                check((int) Lmdb.call(INIT, mutex.address(), attributes));
            }
        }
    }
}
