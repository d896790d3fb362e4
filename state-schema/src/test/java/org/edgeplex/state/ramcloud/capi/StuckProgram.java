package org.edgeplex.state.ramcloud.capi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/// A program that ends with status 7 while its threads are in the library: `StuckProgram LIBRARY
/// LOCATOR`, of a cluster that does not answer.
final class StuckProgram {
    static final int STATUS = 7;
    static final String STUCK = "stuck";

    private StuckProgram() {}

    public static void main(String[] arguments) {
        LibraryOptions options =
                LibraryOptions.of(Path.of(arguments[0]), arguments[1], "main")
                        .withPatience(Duration.ofMillis(50));
        LibraryClient client = LibraryClient.open(options);
        for (int i = 0; i < 2; i++) {
            try {
                client.table("t", Duration.ofMillis(200)).join();
            } catch (CompletionException e) {
                System.out.println(STUCK);
            }
        }
        System.exit(STATUS);
    }
}
