package org.edgeplex.state.lmdb;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import org.edgeplex.state.StoreException;

/// The shared library itself. Loaded before [Lmdb] is first used, whose initialization cannot say
/// what is wrong.
@SuppressWarnings("restricted")
final class LmdbLibrary {
    private static final String FILE = "liblmdb.so.0";

    private LmdbLibrary() {}

    static SymbolLookup load() {
        try {
            return SymbolLookup.libraryLookup(FILE, Arena.global());
        } catch (IllegalCallerException e) {
            throw new StoreException(
                    "this JVM may not call native code: start it with"
                            + " --enable-native-access=ALL-UNNAMED",
                    e);
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    FILE + " is not installed: apt-get install liblmdb0 (Debian, Ubuntu)", e);
        }
    }
}
