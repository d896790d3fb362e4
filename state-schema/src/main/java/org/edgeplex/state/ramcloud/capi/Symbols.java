package org.edgeplex.state.ramcloud.capi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgeplex.state.StoreException;

/// Where the functions of the library are.
@SuppressWarnings("restricted")
final class Symbols {
    private static final int MISSING_NAMED_MAX = 3;

    final MemorySegment connect;
    final MemorySegment disconnect;
    final MemorySegment createTable;
    final MemorySegment getTableId;
    final MemorySegment read;
    final MemorySegment write;
    final MemorySegment remove;
    final MemorySegment increment;
    final MemorySegment enumeratePrepare;
    final MemorySegment enumerateNext;
    final MemorySegment enumerateFinalize;
    final MemorySegment multiReadCreate;
    final MemorySegment multiRead;
    final MemorySegment multiOpSizeOf;
    final MemorySegment multiOpStatus;
    final MemorySegment multiOpVersion;
    final MemorySegment multiOpDestroy;

    private final List<String> missing = new ArrayList<>();

    private Symbols(SymbolLookup library) {
        connect = find(library, "rc_connect");
        disconnect = find(library, "rc_disconnect");
        createTable = find(library, "rc_createTable");
        getTableId = find(library, "rc_getTableId");
        read = find(library, "rc_read");
        write = find(library, "rc_write");
        remove = find(library, "rc_remove");
        increment = find(library, "rc_incrementInt64");
        enumeratePrepare = find(library, "rc_enumerateTablePrepare");
        enumerateNext = find(library, "rc_enumerateTableNext");
        enumerateFinalize = find(library, "rc_enumerateTableFinalize");
        multiReadCreate = find(library, "rc_multiReadCreate");
        multiRead = find(library, "rc_multiRead");
        multiOpSizeOf = find(library, "rc_multiOpSizeOf");
        multiOpStatus = find(library, "rc_multiOpStatus");
        multiOpVersion = find(library, "rc_multiOpVersion");
        multiOpDestroy = find(library, "rc_multiOpDestroy");
    }

    /// Loads the library for as long as the process lives: its threads do not end before. Fails
    /// with [StoreException], which says what to set.
    static Symbols load(Path file) {
        if (!Files.isReadable(file)) {
            throw new StoreException(
                    "%s is not there or not readable: %s".formatted(file, LibraryOptions.ADVICE));
        }
        SymbolLookup library;
        try {
            library = SymbolLookup.libraryLookup(file.toAbsolutePath(), Arena.global());
        } catch (IllegalCallerException e) {
            throw new StoreException(
                    "this JVM may not call native code: start it with"
                            + " --enable-native-access=ALL-UNNAMED",
                    e);
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    "%s cannot be loaded: see with ldd which library it misses, or %s"
                            .formatted(file, LibraryOptions.ADVICE),
                    e);
        }
        Symbols symbols = new Symbols(library);
        if (!symbols.missing.isEmpty()) {
            throw new StoreException(
                    "%s is not RAMCloud's library, or another release of it; it has no %s: %s"
                            .formatted(
                                    file,
                                    String.join(
                                            ", ",
                                            symbols.missing.stream()
                                                    .limit(MISSING_NAMED_MAX)
                                                    .toList()),
                                    LibraryOptions.ADVICE));
        }
        PromptExit.arrange();
        return symbols;
    }

    private MemorySegment find(SymbolLookup library, String name) {
        return library.find(name)
                .orElseGet(() -> {
                    missing.add(name);
                    return MemorySegment.NULL;
                });
    }
}
